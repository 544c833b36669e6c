package dev.supcon.runner.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.StepReport;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.loss.CrossEntropyLoss;
import dev.supcon.runner.loss.SupConLoss;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.optim.Sgd;
import dev.supcon.runner.optim.WarmupCosine;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.Course;
import dev.supcon.runner.train.EncoderFile;
import dev.supcon.runner.train.Learner;
import dev.supcon.runner.train.Objective;
import dev.supcon.runner.train.TrainingLoop;
import dev.supcon.runner.view.Views;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public final class PretrainStep {
  private PretrainStep() {}

  public static StepReport run(StepRequest.Pretrain request, Workspace workspace) {
    return run(
        request, workspace, InstantSource.system(), Runtime.getRuntime().availableProcessors());
  }

  static StepReport run(
      StepRequest.Pretrain request, Workspace workspace, InstantSource clock, int loaderThreads) {
    PretrainSpec pretrain = request.pretrain();
    long seed = request.header().seed();
    try (PackedData data = PackedData.open(workspace.input("data"));
        NDManager manager = TorchEngine.newManager();
        Objective objective = objective(pretrain.loss(), data.index().classes());
        Network network = Network.create(spec(request, data.index()), seed, manager)) {
      Course course =
          new Course(
              data.train(),
              new Views(request.views(), data.index().side(), seed),
              pretrain.batchSize(),
              objective.viewsPerImage(),
              pretrain.epochs(),
              request.stopAfterEpoch() == null ? pretrain.epochs() : request.stopAfterEpoch(),
              loaderThreads);
      List<NDArray> parameters = network.parameters().stream().map(Network.Tensor::value).toList();
      Sgd sgd = new Sgd(pretrain.optimizer(), parameters);
      TrainingLoop loop =
          new TrainingLoop(
              course,
              new Learner(network, objective, sgd),
              new WarmupCosine(
                  pretrain.optimizer().learningRate(),
                  pretrain.warmupEpochs() * course.batchesPerEpoch(),
                  course.scheduledSteps()),
              new TrainingLoop.Keeping(
                  workspace,
                  Fingerprint.of(request, data.index()),
                  Duration.ofSeconds(pretrain.checkpointSeconds()),
                  clock));
      TrainingLoop.Outcome outcome = loop.run((epochs, step, last) -> {});
      Path encoder = workspace.output().resolve(EncoderFile.NAME);
      EncoderFile.write(encoder, network, data.index(), outcome.end().step());
      EncoderFile.writeHead(workspace.output().resolve("head.safetensors"), network);
      Map<String, String> facts = new TreeMap<>();
      facts.put("encoder.sha256", Fingerprint.of(encoder));
      return new StepReport(
          dev.supcon.contract.step.StepKind.PRETRAIN, Map.of(), facts, outcome.end().seconds());
    }
  }

  private static Objective objective(LossSpec loss, int classes) {
    return switch (loss.type()) {
      case SUP_CON -> new Objective.Contrastive(new SupConLoss(loss));
      case CROSS_ENTROPY -> new Objective.Classification(new CrossEntropyLoss(), classes);
      case UNKNOWN -> throw new IllegalArgumentException("a loss that the rules refuse");
    };
  }

  private static NetworkSpec spec(StepRequest.Pretrain request, PackedIndex data) {
    Head head =
        switch (request.pretrain().loss().type()) {
          case SUP_CON -> new Head.Projection(request.projection());
          case CROSS_ENTROPY -> new Head.Classifier(data.classes());
          case UNKNOWN -> throw new IllegalArgumentException("a loss that the rules refuse");
        };
    return new NetworkSpec(request.encoder(), head, data.mean(), data.std());
  }
}
