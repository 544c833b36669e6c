package dev.supcon.runner;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.download.Download;
import dev.supcon.runner.download.OfficialArchive;
import dev.supcon.runner.local.ProgressView;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings an archive to this computer. */
@Command(
    name = "fetch",
    description = {
      "Downloads an archive and compares its SHA-256; started again, goes on where it ended.",
      "By name, what the authors publish: cifar10, cifar100, food101, fgvc-aircraft."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: supcon data fetch cifar10",
      "         supcon data fetch https://example.org/pets.tar --sha256 0123..."
    })
final class DataFetchCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Parameters(paramLabel = "NAME|URL", description = "A data set's name, or an address.")
  private String source = "";

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "What the file's SHA-256 must be; a named data set's is known.")
  private @Nullable String sha256;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write (default: the address' last part, in this folder).")
  private @Nullable Path out;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Optional<OfficialArchive> official = OfficialArchive.of(source);
    URI address = official.map(OfficialArchive::address).orElseGet(this::address);
    String known = official.map(OfficialArchive::sha256).orElseGet(this::givenSha256);
    Path target = out == null ? Path.of(name(address)) : out;
    PrintWriter console = command.commandLine().getErr();
    ProgressView progress =
        new ProgressView(console, Boolean.getBoolean("supcon.terminal"), InstantSource.system());
    progress.begin("fetch");
    new Download(address, known, target, PATIENCE)
        .run(
            (bytes, total) ->
                progress.update(total == 0 ? 0 : (double) bytes / total, megabytes(bytes, total)));
    progress.say(target + " is whole: SHA-256 " + known);
    official.ifPresent(
        archive ->
            command
                .commandLine()
                .getOut()
                .println("./supcon run FILE --data " + archive.dataSet() + "=" + target));
    return ExitCode.DONE.code();
  }

  private URI address() {
    try {
      URI address = URI.create(source);
      if (address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: no address either.
    }
    throw new StepFailure(
        ExitCode.USAGE,
        "%s is no address and none of %s; write a URL and --sha256."
            .formatted(source, String.join(", ", OfficialArchive.names())));
  }

  private String givenSha256() {
    String given = sha256 == null ? "" : sha256.toLowerCase(Locale.ROOT);
    if (!given.matches("[0-9a-f]{64}")) {
      throw new StepFailure(
          ExitCode.USAGE,
          "--sha256 is %s; write the 64 hexadecimal digits that tell the right file from others."
              .formatted(given.isEmpty() ? "not there" : given));
    }
    return given;
  }

  private static String name(URI address) {
    String name = String.valueOf(address.getPath()).replaceAll(".*/", "");
    if (name.isEmpty()) {
      throw new StepFailure(ExitCode.USAGE, address + " has no file's name; write --out FILE.");
    }
    return name;
  }

  private static String megabytes(long bytes, long total) {
    String all = total == 0 ? "" : String.format(Locale.ROOT, " of %,.0f", total / 1e6);
    return String.format(Locale.ROOT, "%,.0f%s MB", bytes / 1e6, all);
  }
}
