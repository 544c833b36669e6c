package dev.supcon.runner;

import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.data.Picture;
import dev.supcon.runner.imagenetc.Corruptions;
import dev.supcon.runner.view.ContactSheet;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An image corrupted as in ImageNet-C. */
@Command(
    name = "corrupt",
    description = "Writes an image beside its corruption.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: supcon corrupt cat.jpg --type defocusBlur --severity 3 --out blurred.png"
    })
final class CorruptCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMAGE", description = "A JPEG or PNG file of any size.")
  private Path image = Path.of("");

  @Option(
      names = "--type",
      required = true,
      completionCandidates = Types.class,
      description = "${COMPLETION-CANDIDATES}.")
  private String type = "";

  @Option(names = "--severity", required = true, description = "1 to 5.")
  private int severity;

  @Option(names = "--seed", defaultValue = "0", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--size",
      defaultValue = "224",
      description =
          "The image is fitted to this side; 96 and below take CIFAR's parameters"
              + " (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(names = "--out", required = true, paramLabel = "PNG", description = "Where to write.")
  private Path out = Path.of("corrupted.png");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    SizeOption.check(size, command);
    if (severity < 1 || severity > 5) {
      throw new ParameterException(
          command.commandLine(), "--severity is " + severity + "; write 1, 2, 3, 4 or 5");
    }
    CorruptionType wanted = wanted();
    byte[] rgb = Picture.read(image).fitted(size).rgb();
    byte[] corrupted = new Corruptions(size).apply(wanted, severity, rgb, Corruptions.key(seed, 0));
    ContactSheet.Cell before = new ContactSheet.Cell(rgb, "original");
    ContactSheet.Cell after = new ContactSheet.Cell(corrupted, type + ", severity " + severity);
    new ContactSheet(size, List.of(List.of(before, after))).write(out);
    command.commandLine().getOut().println("wrote " + out);
    return 0;
  }

  private CorruptionType wanted() {
    return Corruptions.types().stream()
        .filter(known -> word(known).equals(type))
        .findFirst()
        .orElseThrow(() -> new ParameterException(command.commandLine(), refusal()));
  }

  private String refusal() {
    boolean frost = type.equals(word(CorruptionType.FROST));
    return "--type is "
        + type
        + (frost ? ", whose photographs are not shipped" : "")
        + "; write one of "
        + String.join(", ", new Types());
  }

  /** The words that can be written; picocli makes one for the help text. */
  private static final class Types implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Corruptions.types().stream().map(CorruptCommand::word).iterator();
    }
  }

  /** The word of specs. */
  private static String word(CorruptionType type) {
    return ContractJson.MAPPER.valueToTree(type).asText();
  }
}
