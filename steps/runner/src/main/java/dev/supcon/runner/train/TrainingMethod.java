package dev.supcon.runner.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.MemorySpec;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.optim.Update;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.List;
import java.util.Optional;

/**
 * By what a network learns.
 *
 * @param classSizes images of each class in the training set
 * @param devices that share each batch, the network's first; one for a copy of the network each
 * @param chunkSize images that are in a device's memory at once, where it is not its whole share
 */
public record TrainingMethod(
    LossSpec loss,
    List<Integer> classSizes,
    Update update,
    List<Device> devices,
    Optional<Integer> chunkSize,
    Optional<MemorySpec> memory) {

  /** What a spec asks for. */
  public static TrainingMethod of(PretrainSpec spec, List<Integer> classSizes) {
    return new TrainingMethod(
        spec.loss(),
        classSizes,
        Update.of(spec),
        TorchEngine.devices(spec.deviceCount()),
        Optional.ofNullable(spec.chunkSize()),
        Optional.ofNullable(spec.memory()));
  }

  Pass pass(Network network, NDManager manager) {
    if (memory.isPresent()) {
      Network keys = network.another(manager);
      keys.load(network.state());
      return new MomentumMemory(loss, memory.get(), keys, manager);
    }
    Objective objective = Objective.of(loss, classSizes);
    return devices.size() == 1 && chunkSize.isEmpty()
        ? new Pass.Whole(objective)
        : new GradCache(objective, chunkSize, new Replicas(network, devices, manager));
  }
}
