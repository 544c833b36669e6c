package dev.supcon.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.runner.loss.Targets;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.torchscript.TensorLists;
import dev.supcon.runner.torchscript.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A network on several devices of this process: the one that learns on the first, copies of it on
 * the others.
 *
 * <p>A device that is named twice has two copies, which compute what two devices would; so the CPU
 * stands in for any number of them. Each copy computes in a thread of its own, and what comes
 * together does so in the order of the devices: the threads change no bit.
 */
final class Replicas implements AutoCloseable {
  private final NDManager manager;
  private final TensorLists lists;
  private final List<Replica> all = new ArrayList<>();
  private final List<Network> copies = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * @param network that learns; stays its owner's
   * @param devices of which the first is the network's
   */
  Replicas(Network network, List<Device> devices, NDManager parent) {
    this.manager = parent.newSubManager();
    this.lists = new TensorLists(manager);
    all.add(Replica.of(devices.getFirst(), network, manager));
    for (Device device : devices.subList(1, devices.size())) {
      Network copy = network.another(manager.newSubManager(device));
      copies.add(copy);
      all.add(Replica.of(device, copy, manager));
    }
    this.threads =
        Executors.newFixedThreadPool(
            devices.size(), Thread.ofPlatform().daemon().name("replica-", 0).factory());
  }

  int count() {
    return all.size();
  }

  /**
   * A batch, a block of images for each device.
   *
   * @param chunks of a block, which go through a replica one after the other
   * @param scope owner of what is copied
   */
  List<Share> shares(
      NDArray pixels, Targets targets, Blocks blocks, Blocks chunks, NDManager scope) {
    List<NDArray> parts = scatter(pixels, blocks, scope);
    return IntStream.range(0, count())
        .mapToObj(r -> new Share(all.get(r), parts.get(r), blocks.targets(targets, r), chunks))
        .toList();
  }

  /** Each device's block of rows, on that device. */
  List<NDArray> scatter(NDArray rows, Blocks blocks, NDManager scope) {
    return IntStream.range(0, count())
        .mapToObj(r -> Tensors.on(scope.newSubManager(all.get(r).device()), blocks.rows(rows, r)))
        .toList();
  }

  /** The inverse of {@link #scatter}, on the first device. */
  NDArray gather(List<NDArray> parts, Blocks blocks, NDManager scope) {
    Device first = all.getFirst().device();
    NDArray rows = blocks.joined(parts.stream().map(part -> part.toDevice(first, false)).toList());
    rows.attach(scope);
    return rows;
  }

  /** Before a batch: every copy gets the parameters of the network that learns. */
  void copyParameters() {
    List<NDArray> values = values(all.getFirst().network());
    copies.forEach(copy -> lists.copy(values(copy), values));
  }

  private static List<NDArray> values(Network network) {
    return network.parameters().stream().map(Network.Tensor::value).toList();
  }

  /**
   * Behind a batch: adds the copies' gradients, one after the other, to those of the network that
   * learns, and sets them to 0. The loss is one of the whole batch, so this is a sum and no mean.
   */
  void sumGradients() {
    if (copies.isEmpty()) {
      return;
    }
    List<NDArray> sums = gradients(all.getFirst().network());
    for (Network copy : copies) {
      List<NDArray> gradients = gradients(copy);
      lists.move(sums, gradients);
      gradients.forEach(NDArray::close);
    }
    sums.forEach(NDArray::close);
  }

  private static List<NDArray> gradients(Network network) {
    return network.parameters().stream().map(tensor -> tensor.value().getGradient()).toList();
  }

  /**
   * Behind a batch: the running statistics change once, by the moments of all chunks of all
   * devices.
   *
   * @param chunks of a device
   * @param rows of a chunk
   * @param side of the images
   */
  void settleMoments(int chunks, int rows, long side) {
    Replica first = all.getFirst();
    all.stream().skip(1).forEach(other -> first.moments().take(other.moments()));
    first.moments().settle(count() * chunks, rows, side);
  }

  /** Does something for every device, by its number, for all at once; returns when all are done. */
  void each(IntConsumer work) {
    if (count() == 1) {
      work.accept(0);
      return;
    }
    CompletableFuture<?>[] running =
        IntStream.range(0, count())
            .mapToObj(r -> CompletableFuture.runAsync(() -> work.accept(r), threads))
            .toArray(CompletableFuture<?>[]::new);
    try { // Waits for all of them, also when one fails: the others still use the batch's arrays.
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  @Override
  public void close() {
    threads.close();
    all.forEach(Replica::close);
    copies.forEach(Network::close);
    lists.close();
    manager.close();
  }
}
