package dev.supcon.runner;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.ExperimentRules;
import dev.supcon.contract.spec.Violation;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.runner.data.Inspection;
import dev.supcon.runner.data.Part;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a data set holds. */
@Command(
    name = "inspect",
    description = {
      "Reads every image: how many of which class, the pixels' statistics, equal images, damage.",
      "Ends with 65 when an image cannot be used."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: supcon data inspect images.tar --format imageFolder"})
final class DataInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "A folder or a tar of one.")
  private Path path = Path.of("");

  @Option(
      names = "--format",
      defaultValue = "imageFolder",
      description = "A word of data.format (default: ${DEFAULT-VALUE}).")
  private String format = "imageFolder";

  @Option(
      names = "--size",
      defaultValue = "32",
      description = "Side of the pixels, as data.imageSize (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--holdout",
      defaultValue = "0.1",
      description = "Fraction of the training set, as data.holdout (default: ${DEFAULT-VALUE}).")
  private double holdout;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    DataFormat layout = ContractJson.MAPPER.convertValue(format, DataFormat.class);
    DataSpec data = new DataSpec("images", layout, path.toString(), null, null, size, holdout);
    refuseFaults(data);
    Inspection found = Inspection.of(data, path);
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(ContractJson.write(found));
    } else {
      print(found, out);
    }
    return found.faults().isEmpty() ? ExitCode.DONE.code() : ExitCode.DATA.code();
  }

  private void refuseFaults(DataSpec data) {
    List<Violation> faults = ExperimentRules.check("data", data);
    if (!faults.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          faults.stream().map(Violation::line).collect(Collectors.joining("\n")));
    }
  }

  private static void print(Inspection found, PrintWriter out) {
    String row = "%-9s %10s  %-28s %s%n";
    out.printf(Locale.ROOT, row, "part", "images", "fewest of a class", "most of a class");
    for (Part part : Part.values()) {
      List<Integer> counts = found.classCounts().of(part);
      out.printf(
          Locale.ROOT,
          row,
          part.word(),
          String.format(Locale.ROOT, "%,d", counts.stream().mapToInt(n -> n).sum()),
          count(Collections.min(counts), counts, found.classNames()),
          count(Collections.max(counts), counts, found.classNames()));
    }
    line(out, "classes", found.classNames().size() + ": " + String.join(", ", found.classNames()));
    line(out, "pixels", pixels(found));
    line(out, "equal", found.repeated().words());
    line(out, "digest", found.digest());
    line(out, "damaged", found.faults().isEmpty() ? "none" : found.faults().size() + " images");
    found.faults().forEach(fault -> out.println("  " + fault));
  }

  private static void line(PrintWriter out, String what, String words) {
    out.printf(Locale.ROOT, "%-9s %s%n", what, words);
  }

  private static String count(int count, List<Integer> counts, List<String> classNames) {
    boolean everywhere = counts.stream().allMatch(other -> other == count);
    String name = everywhere ? "every class" : classNames.get(counts.indexOf(count));
    return String.format(Locale.ROOT, "%,d (%s)", count, name);
  }

  private static String pixels(Inspection found) {
    return "%d x %d, mean %s, standard deviation %s"
        .formatted(found.side(), found.side(), words(found.mean()), words(found.std()));
  }

  private static String words(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(" "));
  }
}
