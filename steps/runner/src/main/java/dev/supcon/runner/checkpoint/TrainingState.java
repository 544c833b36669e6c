package dev.supcon.runner.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a training run is made of between two steps. Order and views come from counters, so
 * their whole state is the position.
 *
 * @param fingerprint of everything that determines the run; another run's state is refused
 * @param profiles numeric profiles under which it was computed, each once; one means that the bits
 *     are those of a run without a stop
 * @param position where the next step begins
 * @param monitor sums that reports and guards carry from step to step
 * @param tensors parameters, buffers and momenta by name
 */
public record TrainingState(
    String fingerprint,
    List<String> profiles,
    Position position,
    Map<String, Double> monitor,
    SortedMap<String, TensorBytes> tensors) {

  /** Raised when the meaning of the files changes. */
  private static final int FORMAT = 1;

  private static final String WORDS = "state.json";
  private static final String TENSORS = "state.safetensors";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Where the next step begins.
   *
   * @param step optimizer steps done
   * @param epoch from 0
   * @param batch within the epoch, from 0
   * @param seconds spent on training by all attempts
   */
  public record Position(long step, int epoch, int batch, double seconds) {}

  private record Words(
      int format,
      String fingerprint,
      List<String> profiles,
      Position position,
      SortedMap<String, Double> monitor) {}

  /**
   * Writes the state into an existing folder and forces it to the disk.
   *
   * @throws StepFailure NO_SPACE when it cannot be written
   */
  public void save(Path folder) {
    new SafeTensors(Map.of(), tensors).write(folder.resolve(TENSORS));
    Words words = new Words(FORMAT, fingerprint, profiles, position, new TreeMap<>(monitor));
    try {
      Path file = Files.write(folder.resolve(WORDS), JSON.writeValueAsBytes(words));
      force(file);
      force(folder);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "cannot write a checkpoint to " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the state of the run that the fingerprint names.
   *
   * @throws StepFailure CONFIGURATION when it is of an unknown format or of another run,
   *     CORRUPT_CHECKPOINT when it is damaged
   */
  public static TrainingState load(Path folder, String fingerprint) {
    Words words = words(folder);
    if (!words.fingerprint.equals(fingerprint)) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "the checkpoint belongs to another run: its fingerprint is %s, this run's %s; remove it or rerun the step under a new key"
              .formatted(words.fingerprint, fingerprint));
    }
    try {
      return new TrainingState(
          words.fingerprint,
          words.profiles,
          words.position,
          words.monitor,
          SafeTensors.read(folder.resolve(TENSORS)).tensors());
    } catch (StepFailure e) {
      throw corrupt(folder, e);
    }
  }

  private static Words words(Path folder) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(folder.resolve(WORDS)));
      int format = json.path("format").asInt(-1);
      if (format != FORMAT) {
        throw new StepFailure(
            ExitCode.CONFIGURATION,
            "the checkpoint has format %d, this version reads %d; go on with the version that wrote it"
                .formatted(format, FORMAT));
      }
      return JSON.treeToValue(json, Words.class);
    } catch (IOException e) {
      throw corrupt(folder, e);
    }
  }

  private static StepFailure corrupt(Path folder, Exception cause) {
    return new StepFailure(
        ExitCode.CORRUPT_CHECKPOINT,
        "the checkpoint in " + folder + " cannot be read: " + cause.getMessage(),
        cause);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
