package dev.supcon.runner.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.StepKind;
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
import dev.supcon.runner.view.ContactSheet;
import dev.supcon.runner.view.Views;
import dev.supcon.runner.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains the encoder: contrastively under a projection head, or by cross-entropy under a classifier
 * that is then a result, too.
 *
 * <p>Cross-entropy sees one view of each image, drawn as the request says; the authors' PyTorch
 * code crops and flips only for it (main_ce.py), which a spec says by {@code jitterProbability: 0}
 * and {@code grayscaleProbability: 0}.
 */
public final class PretrainStep {
  private final StepRequest.Pretrain request;
  private final Workspace workspace;
  private final InstantSource clock;
  private final int loaderThreads;

  PretrainStep(
      StepRequest.Pretrain request, Workspace workspace, InstantSource clock, int loaderThreads) {
    this.request = request;
    this.workspace = workspace;
    this.clock = clock;
    this.loaderThreads = loaderThreads;
  }

  /**
   * Trains from the newest checkpoint, or from the start, and writes {@code encoder.safetensors},
   * {@code head.safetensors}, {@code views.png} and, for cross-entropy, {@code
   * classifier.safetensors} with {@code linear.json}.
   *
   * @throws dev.supcon.contract.step.StepFailure RESUME when stopped, DIVERGED, or what is wrong
   *     with request or data
   */
  public static StepReport run(StepRequest.Pretrain request, Workspace workspace) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new PretrainStep(request, workspace, InstantSource.system(), threads).run();
  }

  StepReport run() {
    workspace.progress(0, "reading the data");
    try (PackedData data = PackedData.open(workspace.input("data"));
        NDManager manager = TorchEngine.newManager();
        Objective objective = objective(data.index());
        Network network = Network.create(spec(data.index()), seed(), manager);
        Sgd sgd = new Sgd(request.pretrain().optimizer(), values(network), manager)) {
      Views views = new Views(request.views(), data.index().side(), seed());
      Course course = course(data, views, objective);
      Learner learner = new Learner(network, objective, sgd);
      NeighbourProbe probe = new NeighbourProbe(request.pretrain().knn(), data, network, workspace);
      TrainingLoop loop = new TrainingLoop(course, learner, schedule(course), keeping(data));
      TrainingLoop.Outcome outcome = loop.run(probe);
      return report(data, network, probe, outcome);
    }
  }

  private static List<NDArray> values(Network network) {
    return network.parameters().stream().map(Network.Tensor::value).toList();
  }

  private long seed() {
    return request.header().seed();
  }

  private Objective objective(PackedIndex data) {
    LossSpec loss = request.pretrain().loss();
    return switch (loss.type()) {
      case SUP_CON -> new Objective.Contrastive(new SupConLoss(loss));
      case CROSS_ENTROPY -> new Objective.Classification(new CrossEntropyLoss(), data.classes());
      case UNKNOWN -> throw new IllegalArgumentException("the rules refuse an unknown loss");
    };
  }

  private NetworkSpec spec(PackedIndex data) {
    Head head =
        request.pretrain().loss().type() == LossType.CROSS_ENTROPY
            ? new Head.Classifier(data.classes())
            : new Head.Projection(request.projection());
    return new NetworkSpec(request.encoder(), head, data.mean(), data.std());
  }

  private Course course(PackedData data, Views views, Objective objective) {
    int epochs = request.pretrain().epochs();
    Integer stop = request.stopAfterEpoch();
    return new Course(
        data.train(),
        views,
        request.pretrain().batchSize(),
        objective.viewsPerImage(),
        epochs,
        stop == null ? epochs : stop,
        loaderThreads);
  }

  private WarmupCosine schedule(Course course) {
    PretrainSpec pretrain = request.pretrain();
    long warmup = Math.round(pretrain.warmupEpochs() * course.batchesPerEpoch());
    return new WarmupCosine(pretrain.optimizer().learningRate(), warmup, course.scheduledSteps());
  }

  private TrainingLoop.Keeping keeping(PackedData data) {
    return new TrainingLoop.Keeping(
        workspace,
        Fingerprint.of(request, data.index()),
        Duration.ofSeconds(request.pretrain().checkpointSeconds()),
        clock);
  }

  private StepReport report(
      PackedData data, Network network, NeighbourProbe probe, TrainingLoop.Outcome outcome) {
    Path folder = workspace.output();
    Path encoder = folder.resolve(EncoderFile.NAME);
    EncoderFile.write(encoder, network, data.index(), outcome.end().step());
    EncoderFile.writeHead(folder.resolve("head.safetensors"), network);
    ContactSheet.ofViews(
            data.train(), new Views(request.views(), data.index().side(), seed()), 8, 8)
        .write(folder.resolve("views.png"));
    Map<String, Double> metrics = new TreeMap<>();
    probe.newest().ifPresent(accuracy -> metrics.put(NeighbourProbe.METRIC, accuracy));
    if (request.pretrain().loss().type() == LossType.CROSS_ENTROPY) {
      metrics.putAll(Classification.write(network, data, folder));
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("encoder.sha256", Fingerprint.of(encoder));
    facts.put("numeric profiles", String.join("; ", outcome.profiles()));
    facts.put("bitExact", String.valueOf(outcome.profiles().size() == 1));
    facts.put("views per second", String.format(Locale.ROOT, "%.0f", outcome.viewsPerSecond()));
    outcome.warning().ifPresent(warning -> facts.put("warning", warning));
    return new StepReport(StepKind.PRETRAIN, metrics, facts, outcome.end().seconds());
  }
}
