package dev.supcon.runner.corruption;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cells evaluated so far; {@code corruption.json} in a result and in a checkpoint. */
record ErrorTable(List<Cell> cells) {
  static final String FILE = "corruption.json";
  private static final TypeReference<List<Cell>> CELLS = new TypeReference<>() {};

  /**
   * One corruption at one severity.
   *
   * @param type the word of specs
   * @param error 1 - top-1
   * @param ece of the calibrated confidences
   */
  record Cell(String type, int severity, double error, double ece) {}

  ErrorTable {
    cells = List.copyOf(cells);
  }

  ErrorTable with(Cell cell) {
    List<Cell> more = new ArrayList<>(cells);
    more.add(cell);
    return new ErrorTable(more);
  }

  static ErrorTable read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      return new ErrorTable(ContractJson.MAPPER.readValue(file.toFile(), CELLS));
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.CORRUPT_CHECKPOINT, file + " is no table of errors: " + e.getMessage(), e);
    }
  }

  /** Writes {@link #FILE} into a folder, which is made. */
  void write(Path folder) {
    try {
      Files.writeString(
          Files.createDirectories(folder).resolve(FILE), ContractJson.write(cells) + "\n");
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "Cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }
}
