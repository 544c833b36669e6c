package dev.supcon.runner.pretrain;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.data.SourcePlace;
import dev.supcon.runner.optim.Schedule;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.CheckpointInterval;
import dev.supcon.runner.train.Course;
import dev.supcon.runner.train.Learner;
import dev.supcon.runner.train.Retention;
import dev.supcon.runner.train.TrainingLoop;
import dev.supcon.runner.workspace.Workspace;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Trains the encoder: contrastively under a projection head, by cross-entropy under a classifier
 * that is then a result, too, or under both at once.
 *
 * <p>Cross-entropy sees one view of each image, drawn as the request says; the authors' PyTorch
 * code crops and flips only for it (main_ce.py), which a spec says by {@code jitterProbability: 0}
 * and {@code grayscaleProbability: 0}.
 */
public final class PretrainStep {
  private final StepRequest.Pretrain request;
  private final Optional<SourcePlace> weights;
  private final Workspace workspace;
  private final InstantSource clock;
  private final int loaderThreads;

  PretrainStep(
      StepRequest.Pretrain request,
      Optional<SourcePlace> weights,
      Workspace workspace,
      InstantSource clock,
      int loaderThreads) {
    this.request = request;
    this.weights = weights;
    this.workspace = workspace;
    this.clock = clock;
    this.loaderThreads = loaderThreads;
  }

  /**
   * Trains from the newest checkpoint, or from the start, and writes {@code encoder.safetensors},
   * {@code head.safetensors}, {@code views.png} and, of a classifier, {@code
   * classifier.safetensors} with {@code linear.json}.
   *
   * @param weights where the initial weights lie; empty for random ones
   * @throws dev.supcon.contract.step.StepFailure RESUME when stopped, DIVERGED, or what is wrong
   *     with request or data
   */
  public static StepReport run(
      StepRequest.Pretrain request, Optional<SourcePlace> weights, Workspace workspace) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new PretrainStep(request, weights, workspace, InstantSource.system(), threads).run();
  }

  StepReport run() {
    workspace.progress(0, "reading the data");
    try (PackedData data = PackedData.open(workspace.input("data"))) {
      PackedData learnt = data.learntFrom(request.data());
      return train(new Recipe(request, learnt, Beginning.of(request, weights, workspace)));
    }
  }

  private StepReport train(Recipe recipe) {
    try (NDManager manager = TorchEngine.newManager();
        Learner learner = recipe.learner(manager)) {
      Course course = recipe.course(learner.pass().viewsPerImage(), loaderThreads);
      Schedule schedule = Schedule.of(request.pretrain(), course.batchesPerEpoch());
      TrainingLoop loop = new TrainingLoop(course, learner, schedule, keeping(recipe));
      Probes probes = Probes.of(recipe, learner.network(), course, workspace);
      TrainingLoop.Outcome outcome = loop.run(probes);
      return new Result(recipe, learner.network(), workspace).write(probes.newest(), outcome);
    }
  }

  private TrainingLoop.Keeping keeping(Recipe recipe) {
    return new TrainingLoop.Keeping(
        workspace,
        recipe.fingerprint(),
        request.pretrain().nonFiniteBatches(),
        CheckpointInterval.of(request.pretrain()),
        Retention.of(request.pretrain().checkpoints()),
        clock);
  }
}
