package dev.supcon.runner.corruption;

import dev.supcon.contract.spec.CorruptionSpec;
import dev.supcon.contract.spec.CorruptionType;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Evaluates encoder and classifier on the test images, corrupted on the fly. */
public final class CorruptionStep {
  private CorruptionStep() {}

  /**
   * Goes through all corruptions and severities, from where a stopped attempt left off, and writes
   * {@code corruption.json}.
   *
   * @throws StepFailure RESUME when stopped, DATA when encoder, classifier and data do not belong
   *     together
   */
  public static StepReport run(StepRequest.Corruption request, Workspace workspace) {
    workspace.progress(0, "reading encoder and classifier");
    try (FrozenClassifier classifier = FrozenClassifier.open(workspace, request.encoder())) {
      CorruptedTest test =
          new CorruptedTest(
              classifier,
              request.header().seed(),
              () -> workspace.endIfStopRequested("corrupted images were classified"));
      ErrorTable table = evaluate(request.corruption(), test, workspace);
      table.write(workspace.output());
      Map<String, Double> metrics =
          CorruptionMetrics.of(
              table.cells(),
              classifier.classes(),
              () -> keepingOnStop(table, workspace, test::cleanError));
      Map<String, String> facts =
          Map.of(
              "test images", String.valueOf(classifier.images()),
              "corruption parameters", test.parameters(),
              "corruption images", "made on the fly, without ImageNet-C's JPEG of quality 85");
      return new StepReport(StepKind.CORRUPTION, metrics, facts, 0);
    }
  }

  private static ErrorTable evaluate(CorruptionSpec spec, CorruptedTest test, Workspace workspace) {
    ErrorTable table =
        workspace
            .newestCheckpoint()
            .map(checkpoint -> ErrorTable.read(checkpoint.files()))
            .orElse(new ErrorTable(List.of()));
    List<Wanted> all = wanted(spec);
    for (Wanted next : all.subList(table.cells().size(), all.size())) {
      double done = (double) table.cells().size() / all.size();
      workspace.progress(done, CorruptedTest.word(next.type()) + " " + next.severity());
      table =
          table.with(
              keepingOnStop(table, workspace, () -> test.evaluate(next.type(), next.severity())));
    }
    return table;
  }

  /** Evaluating one cell again costs less than a checkpoint after each. */
  private static <T> T keepingOnStop(ErrorTable table, Workspace workspace, Supplier<T> work) {
    try {
      return work.get();
    } catch (StepFailure failure) {
      if (failure.exitCode() == ExitCode.RESUME) {
        workspace.commitCheckpoint(table.cells().size(), table::write);
        workspace.retainCheckpoints(2, number -> false); // two, since one may be damaged
      }
      throw failure;
    }
  }

  /** One corruption at one severity. */
  private record Wanted(CorruptionType type, int severity) {}

  private static List<Wanted> wanted(CorruptionSpec spec) {
    List<Integer> severities = spec.severities().stream().distinct().sorted().toList();
    return spec.types().stream()
        .distinct()
        .flatMap(type -> severities.stream().map(severity -> new Wanted(type, severity)))
        .toList();
  }
}
