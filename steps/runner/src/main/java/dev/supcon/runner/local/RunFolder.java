package dev.supcon.runner.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.report.HtmlReport;
import dev.supcon.runner.report.RunPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * {@code runs/<experiment>/}: the page to read, the result for programs, and what the page is of.
 */
public final class RunFolder {
  private static final String PAGE = "page.json";

  private RunFolder() {}

  /** Writes report.html, result.json and what a later comparison needs; returns the report. */
  static Path write(Path folder, RunPage page) {
    write(folder.resolve("result.json"), pretty(page.result()));
    write(folder.resolve(PAGE), ContractJson.write(page));
    Path report = folder.resolve("report.html");
    write(report, HtmlReport.render(page));
    return report;
  }

  /** The page of a run that ended. */
  public static RunPage read(Path folder) {
    try {
      return ContractJson.read(Files.readString(folder.resolve(PAGE)), RunPage.class);
    } catch (NoSuchFileException e) {
      throw new StepFailure(
          ExitCode.NO_INPUT,
          folder + " holds no finished run; name a folder such as runs/quickstart.",
          e);
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_INPUT, "Cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /** A file that is there whole or not at all. */
  public static void write(Path file, String content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // of its own name, because another process may write the same page
      Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        Files.writeString(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE, "Cannot write " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private static String pretty(Object value) {
    try {
      return ContractJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + value.getClass().getName(), e);
    }
  }
}
