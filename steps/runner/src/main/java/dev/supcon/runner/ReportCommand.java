package dev.supcon.runner;

import dev.supcon.runner.local.RunFolder;
import dev.supcon.runner.report.Comparison;
import dev.supcon.runner.report.HtmlReport;
import dev.supcon.runner.report.NumbersTable;
import dev.supcon.runner.report.RunPage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One page for one run, or the comparison of several. */
@Command(
    name = "report",
    description = "Writes the page of a run, or the comparison of several.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: supcon report runs/a runs/b --out comparison.html"})
final class ReportCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folder of a run.")
  private List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "Where the page is written (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("report.html");

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes all numbers, too: setting, experiment, seed, metric, value.")
  private @Nullable Path csv;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    List<RunPage> pages = runs.stream().map(RunFolder::read).toList();
    RunFolder.write(
        out, pages.size() == 1 ? HtmlReport.render(pages.getFirst()) : Comparison.render(pages));
    command.commandLine().getOut().println(out.toAbsolutePath());
    if (csv != null) {
      RunFolder.write(csv, NumbersTable.csv(pages));
      command.commandLine().getOut().println(csv.toAbsolutePath());
    }
    return 0;
  }
}
