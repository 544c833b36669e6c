package dev.supcon.runner.pretrain;

import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.runner.data.PackedData;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import dev.supcon.runner.train.Course;
import dev.supcon.runner.train.Learner;
import dev.supcon.runner.train.TrainingMethod;
import dev.supcon.runner.view.Views;
import dev.supcon.runner.weights.PixelMoments;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request means for the data at hand and for what the encoder begins with.
 *
 * @param data with what is learnt from as its training part
 */
record Recipe(StepRequest.Pretrain request, PackedData data, Beginning beginning) {

  /** Whether a classifier is trained, which is then a result, too. */
  boolean classifies() {
    return request.pretrain().loss().type().classifies();
  }

  Learner learner(NDManager manager) {
    TrainingMethod method = TrainingMethod.of(request.pretrain(), classSizes());
    Network network = Network.create(network(), seed(), manager);
    beginning.into(network);
    return Learner.of(network, method, manager);
  }

  /** Images of each class that are trained on. */
  private List<Integer> classSizes() {
    int[] sizes = new int[data.index().classes()];
    for (int label : data.train().labels()) {
      sizes[label]++;
    }
    return Arrays.stream(sizes).boxed().toList();
  }

  private NetworkSpec network() {
    PackedIndex index = data.index();
    Head head =
        switch (request.pretrain().loss().type()) {
          case CROSS_ENTROPY -> new Head.Classifier(index.classes());
          case LARGE_MARGIN -> new Head.MarginClassifier(index.classes());
          case JOINT ->
              new Head.Joint(
                  new Head.Projection(request.projection()),
                  new Head.Classifier(index.classes()),
                  Objects.requireNonNull(request.pretrain().loss().joint(), "the spec fills it")
                      .classifierGradient());
          case SUP_CON, SIM_CLR, N_PAIRS, TRIPLET, UNKNOWN ->
              new Head.Projection(request.projection());
        };
    PixelMoments pixels = beginning.pixels(index);
    return new NetworkSpec(request.encoder(), head, pixels.mean(), pixels.std());
  }

  Views views() {
    return new Views(request.views(), data.index().side(), seed());
  }

  private long seed() {
    return request.header().seed();
  }

  Course course(int viewsPerImage, int loaderThreads) {
    int epochs = request.pretrain().epochs();
    Integer stop = request.stopAfterEpoch();
    return new Course(
        data.train(),
        views(),
        request.pretrain().batchSize(),
        request.pretrain().batches(),
        Optional.ofNullable(request.pretrain().loss().mixing()),
        viewsPerImage,
        epochs,
        stop == null ? epochs : stop,
        loaderThreads);
  }

  /**
   * What a step's batch normalisation takes its moments of: there is no switch, so that it is said.
   */
  String normalisation() {
    PretrainSpec pretrain = request.pretrain();
    int views = pretrain.loss().type().views();
    if (pretrain.memory() != null) {
      return "by batch: %d queries, and %1$d keys apart".formatted(pretrain.batchSize());
    }
    if (pretrain.chunkSize() != null) {
      return "ghost: chunks of %d views".formatted(views * pretrain.chunkSize());
    }
    int devices = pretrain.deviceCount();
    return devices == 1
        ? "by batch: %d views".formatted(views * pretrain.batchSize())
        : "ghost: %d devices, %d views of each"
            .formatted(devices, views * pretrain.batchSize() / devices);
  }

  /** Of everything that determines the run. */
  String fingerprint() {
    return Fingerprint.of(request, data.index());
  }
}
