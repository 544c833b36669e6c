package dev.supcon.runner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.MemorySpec;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.loss.BatchLoss;
import dev.supcon.runner.loss.QueueLoss;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The memory variant (paper section 4.1): the trained network embeds the first view of each image,
 * a second one, the key encoder, the second view; every key of the batch and of a queue of earlier
 * batches is contrast, and with an anchor's label a positive.
 *
 * <p>As MoCo (He et al. 2020, Algorithm 1; facebookresearch/moco, builder.py): the key encoder
 * begins as the trained one and follows it by k ← m k + (1 - m) q, parameters only; its batch
 * normalisation has the statistics of the keys' batch. The batch's keys enter the queue after the
 * step, over the oldest. Deviation: MoCo's queue begins with random keys; a place that is not
 * filled yet takes no part here.
 */
final class MomentumMemory implements Pass {
  private static final String RULES =
      """
      def follow(self, k: List[Tensor], q: List[Tensor], momentum: float) -> Tensor:
        _0 = torch._foreach_mul_(k, momentum)
        _1 = torch._foreach_add_(k, q, alpha=torch.sub(1., momentum))
        return k[0]

      def enqueue(self, queue: Tensor, keys: Tensor, at: int) -> Tensor:
        place = torch.slice(queue, 0, at, torch.add(at, torch.size(keys, 0)))
        _0 = torch.copy_(place, keys)
        return keys
      """;

  private static final String KEYS = "memory.keys";
  private static final String LABELS = "memory.labels";
  private static final String NEXT = "memory.next";
  private static final String ENCODER = "memory.encoder.";
  private static final long UNFILLED = -1;

  private final double momentum;
  private final QueueLoss loss;
  private final Network encoder;
  private final NDManager manager;
  private final ScriptModule rules;
  private final NDArray keys; // [K, D]
  private final long[] labels; // [K]
  private int next;
  private @Nullable Batch waiting;

  /**
   * Keys of a batch and their labels, which are no part of the queue yet.
   *
   * @param keys [B, D], of the batch's manager
   */
  @SuppressWarnings("ArrayRecordComponent") // read once; never compared
  private record Batch(NDArray keys, long[] labels) {}

  /**
   * @param encoder of the keys; equal to the one that is trained, and from now on this object's
   */
  MomentumMemory(LossSpec loss, MemorySpec memory, Network encoder, NDManager parent) {
    this.momentum = memory.momentum();
    this.loss = new QueueLoss(loss);
    this.encoder = encoder;
    this.manager = parent.newSubManager();
    this.rules = ScriptModule.load(manager, ScriptArchive.of(RULES));
    this.keys = manager.zeros(new Shape(memory.size(), width(encoder)));
    this.labels = new long[memory.size()];
    Arrays.fill(labels, UNFILLED);
  }

  private static long width(Network encoder) {
    if (encoder.spec().head() instanceof Head.Projection projection) {
      return projection.spec().dimension();
    }
    throw new IllegalArgumentException("keys are embeddings");
  }

  @Override
  public int viewsPerImage() {
    return 2;
  }

  /** log(B + K) times the scale, once the queue is full: every key is as near as every other. */
  @Override
  public double indifferent(int images) {
    long all = (long) images + labels.length;
    try (NDManager scope = manager.newSubManager()) {
      NDArray query = scope.ones(new Shape(1, 1));
      NDArray contrast = scope.ones(new Shape(all, 1));
      NDArray same = Tensors.longs(scope, new long[(int) all], all);
      return loss.of(query, contrast, Tensors.longs(scope, new long[1], 1), same).loss();
    }
  }

  @Override
  public BatchLoss run(Network network, NDArray pixels, Targets targets) {
    NDManager batch = pixels.getManager();
    int size = targets.images();
    long[] own = Arrays.stream(targets.labels()).asLongStream().toArray();
    NDArray queries = network.forward(pixels.get(new NDIndex("0:{}", size))); // [B, D]
    NDArray current = encoder.embed(pixels.get(new NDIndex("{}:", size))); // [B, D]
    long[] all = Arrays.copyOf(own, size + labels.length);
    System.arraycopy(labels, 0, all, size, labels.length);
    var result =
        loss.of(
            queries,
            current.concat(keys, 0),
            Tensors.longs(batch, own, size),
            Tensors.longs(batch, all, all.length));
    if (Double.isFinite(result.loss())) {
      network.backward(queries, result.gradient());
    }
    waiting = new Batch(current, own);
    return result.value();
  }

  @Override
  public List<Network> encoders() {
    return List.of(encoder);
  }

  /** The last batch's keys enter the queue, and the key encoder follows. */
  @Override
  public void stepped(Network network) {
    if (waiting != null) {
      enqueue(waiting);
      waiting = null;
    }
    follow(network);
  }

  private void enqueue(Batch batch) {
    rules.infer(
        batch.keys().getManager(),
        "enqueue",
        Argument.of(keys),
        Argument.of(batch.keys()),
        Argument.of((long) next));
    int size = batch.labels().length;
    System.arraycopy(batch.labels(), 0, labels, next, size);
    next = (next + size) % labels.length;
  }

  private void follow(Network network) {
    rules
        .infer(
            manager,
            "follow",
            Argument.of(values(encoder)),
            Argument.of(values(network)),
            Argument.of(momentum))
        .close();
  }

  private static List<NDArray> values(Network network) {
    return network.parameters().stream().map(Network.Tensor::value).toList();
  }

  @Override
  public Map<String, TensorBytes> state() {
    Map<String, TensorBytes> state = new TreeMap<>();
    Learner.put(state, KEYS, keys);
    state.put(LABELS, TensorBytes.of(labels, labels.length));
    state.put(NEXT, TensorBytes.of(new long[] {next}, 1));
    Learner.put(state, ENCODER, encoder);
    return state;
  }

  @Override
  public void restore(Map<String, TensorBytes> state) {
    Tensors.overwrite(keys, of(state, KEYS).floats());
    System.arraycopy(of(state, LABELS).longs(), 0, labels, 0, labels.length);
    next = Math.toIntExact(of(state, NEXT).longs()[0]);
    Map<String, float[]> values = new HashMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(ENCODER)) {
            values.put(name.substring(ENCODER.length()), tensor.floats());
          }
        });
    encoder.load(values);
  }

  private static TensorBytes of(Map<String, TensorBytes> state, String name) {
    TensorBytes tensor = state.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the state lacks " + name);
    }
    return tensor;
  }

  @Override
  public void close() {
    rules.close();
    manager.close();
    encoder.close();
    loss.close();
  }
}
