package dev.supcon.runner;

import dev.supcon.runner.data.Picture;
import dev.supcon.runner.view.ContactSheet;
import dev.supcon.runner.view.NamedPolicy;
import dev.supcon.runner.view.Views;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a policy makes of an image. */
@Command(
    name = "views",
    description = "Draws random views of an image and says what was done for each.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: supcon views cat.jpg --policy sim --seed 7 --out views.png"})
final class ViewsCommand implements Callable<Integer> {
  private static final int MOST = 99;

  @Parameters(paramLabel = "IMAGE", description = "A JPEG or PNG file of any size.")
  private Path image = Path.of("");

  @Option(
      names = "--policy",
      defaultValue = "sim",
      description =
          "sim: SimAugment as for ImageNet; simCifar: as for CIFAR; autoAugment, randAugment or"
              + " stackedRandAugment (default: ${DEFAULT-VALUE}).")
  private NamedPolicy policy = NamedPolicy.sim;

  @Option(
      names = "--semantics",
      description =
          "torchvision or authorsTf (default: torchvision with sim, authorsTf with the others).")
  private NamedPolicy.@Nullable Semantics semantics;

  @Option(names = "--seed", defaultValue = "0", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--size",
      defaultValue = "224",
      description = "Side of a view in pixels (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--count",
      defaultValue = "8",
      description = "How many views (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--out", required = true, paramLabel = "PNG", description = "Where to write.")
  private Path out = Path.of("views.png");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    SizeOption.check(size, command);
    if (count < 1 || count > MOST) {
      throw new ParameterException(
          command.commandLine(), "--count is " + count + "; write 1 to " + MOST);
    }
    ContactSheet.ofViews(Picture.read(image), new Views(policy.spec(semantics), size, seed), count)
        .write(out);
    command.commandLine().getOut().println("wrote " + out);
    return 0;
  }
}
