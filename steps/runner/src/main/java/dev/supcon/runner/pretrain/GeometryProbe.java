package dev.supcon.runner.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.probe.EmbeddingGeometry;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import dev.supcon.runner.train.Course;
import dev.supcon.runner.view.ViewBatch;
import dev.supcon.runner.view.ViewLoader;
import dev.supcon.runner.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Says once an epoch how the embeddings of a sample lie: collapse shows in their rank before it
 * shows in the loss. The sample and its views are the same each time; the running statistics
 * normalise.
 *
 * @param split that the sample is of
 * @param supervised whether images of a class are positives of each other; else an image's views
 *     alone are
 * @param dimension of the embeddings, with which the network's output begins
 */
record GeometryProbe(
    PackedSplit split,
    Course course,
    boolean supervised,
    int dimension,
    Network network,
    Workspace workspace) {
  /** Enough for the rank of 128 dimensions, and a small part of an epoch. */
  private static final int MOST_IMAGES = 512;

  /** Images whose activations are in memory at once. */
  private static final int PIECE = 64;

  /**
   * Measures and draws the curves {@code embedding.*}.
   *
   * @param step of the curves
   * @return the same by name; empty when two images are not there, or someone asked to stop
   */
  Map<String, Double> measure(long step) {
    Map<String, Double> measured = new TreeMap<>();
    int images = Math.min(MOST_IMAGES, Math.min(course.batchSize(), split.size()));
    if (images < 2) {
      return measured;
    }
    try (NDManager manager = TorchEngine.newManager()) {
      List<Integer> labels = new ArrayList<>();
      List<NDList> views = embeddings(images, manager, labels);
      if (labels.size() == images) {
        NDList all = new NDList();
        views.forEach(all::addAll);
        int[] classes =
            supervised
                ? labels.stream().mapToInt(label -> label).toArray()
                : IntStream.range(0, images).toArray();
        EmbeddingGeometry geometry = EmbeddingGeometry.of(NDArrays.concat(all, 0), classes);
        measured.put("embedding.rankMe", geometry.rankMe());
        measured.put("embedding.alignment", geometry.alignment());
        measured.put("embedding.uniformity", geometry.uniformity());
        measured.values().removeIf(value -> !Double.isFinite(value));
        measured.forEach((name, value) -> workspace.metric(name, step, value));
      }
    }
    return measured;
  }

  /** For each view, the embeddings of all images in pieces; labels are added as they come. */
  private List<NDList> embeddings(int images, NDManager manager, List<Integer> labels) {
    List<NDList> views =
        IntStream.range(0, course.viewsPerImage()).mapToObj(view -> new NDList()).toList();
    ViewLoader.Plan plan =
        new ViewLoader.Plan(
            0, 0, Math.min(PIECE, images), course.viewsPerImage(), course.loaderThreads(), false);
    try (ViewLoader batches = new ViewLoader(split, course.views(), plan)) {
      while (labels.size() < images && !workspace.stopRequested()) {
        ViewBatch batch = batches.next();
        int size = Math.min(batch.images(), images - labels.size());
        embed(batch, size, manager, views);
        IntStream.range(0, size).forEach(image -> labels.add(batch.labels()[image]));
      }
    }
    return views;
  }

  private void embed(ViewBatch batch, int size, NDManager manager, List<NDList> views) {
    int rows = batch.images() * views.size();
    try (NDManager scope = manager.newSubManager()) {
      NDArray pixels = Tensors.bytes(scope, batch.pixels(), rows, split.side(), split.side(), 3);
      NDArray output = network.output(pixels); // [V B, D], of a joint head [V B, D + C]
      for (int view = 0; view < views.size(); view++) {
        int from = view * batch.images();
        NDIndex place = new NDIndex("{}:{}, :{}", from, from + size, dimension);
        NDArray part = output.get(place).duplicate();
        part.attach(manager);
        views.get(view).add(part);
      }
    }
  }
}
