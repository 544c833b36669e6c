package dev.supcon.runner;

import dev.supcon.contract.spec.InitialWeightsSpec;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.augment.AugmentStep;
import dev.supcon.runner.corruption.CorruptionStep;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.linear.LinearStep;
import dev.supcon.runner.pretrain.PretrainStep;
import dev.supcon.runner.transfer.TransferStep;
import dev.supcon.runner.workspace.Workspace;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * From a request to the step that carries it out.
 *
 * @param sources where data sets lie that are not embedded, by name, and initial weights, by {@link
 *     InitialWeightsSpec#NAME}
 */
record StepDispatch(Map<String, SourcePlace> sources)
    implements BiFunction<StepRequest, Workspace, StepReport> {

  @Override
  public StepReport apply(StepRequest request, Workspace workspace) {
    refuseOtherVersion(request);
    return switch (request) {
      case StepRequest.Augment augment ->
          AugmentStep.run(
              augment, Optional.ofNullable(sources.get(augment.data().name())), workspace);
      case StepRequest.Pretrain pretrain ->
          PretrainStep.run(
              pretrain, Optional.ofNullable(sources.get(InitialWeightsSpec.NAME)), workspace);
      case StepRequest.Linear linear -> LinearStep.run(linear, workspace);
      case StepRequest.Corruption corruption -> CorruptionStep.run(corruption, workspace);
      case StepRequest.Transfer transfer -> TransferStep.run(transfer, workspace);
    };
  }

  private static void refuseOtherVersion(StepRequest request) {
    int asked = request.header().codeVersion();
    int ours = request.kind().codeVersion();
    if (asked != ours) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "The request is for code version "
              + asked
              + " of "
              + request.kind().word()
              + ", this runner has "
              + ours
              + "; use the runner that the plan was made for.");
    }
  }
}
