package dev.supcon.runner.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.contract.spec.DecayedParameters;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.TensorSpec;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Changes parameters by their gradients, as an {@link Update} says, and remembers what it needs.
 */
public final class Optimizer implements AutoCloseable {
  /** The global norm of PyTorch's clip_grad_norm_: shortened by most / (norm + 1e-6), if at all. */
  private static final String NORM =
      """
      def norm(self, g: List[Tensor]) -> Tensor:
        return torch.norm(torch.stack(torch._foreach_norm(g, 2)), 2)

      def clip(self, g: List[Tensor], norm: Tensor, most: float) -> Tensor:
        factor = torch.clamp_max(torch.div(torch.full_like(norm, most), torch.add(norm, 1e-06)), 1.)
        _0 = torch._foreach_mul_(g, factor)
        return norm

      def forget(self, g: List[Tensor]) -> Tensor:
        _0 = torch._foreach_zero_(g)
        return g[0]
      """;

  private static final String STEPS = "optimizer.steps";

  private final Update update;
  private final UpdateRule rule;
  private final NDManager manager;
  private final ScriptModule script;
  private final List<Network.Tensor> parameters;
  private final List<Group> groups;
  private final Map<String, NDArray> state = new LinkedHashMap<>();

  /** Parameters that are treated alike, by their places. */
  private record Group(boolean decayed, List<Integer> places, List<List<NDArray>> slots) {
    List<NDArray> of(List<NDArray> all) {
      return places.stream().map(all::get).toList();
    }
  }

  /**
   * @param parameters live arrays that record gradients; they are changed in place
   * @throws IllegalArgumentException when one is of fewer digits than fp32
   */
  public Optimizer(Update update, List<Network.Tensor> parameters, NDManager parent) {
    this.update = update;
    this.parameters = List.copyOf(parameters);
    this.parameters.forEach(Optimizer::refuseHalf);
    this.rule = UpdateRule.of(update.optimizer());
    this.manager = parent.newSubManager();
    this.script = ScriptModule.load(manager, ScriptArchive.of(rule.script(), NORM));
    this.groups = new ArrayList<>();
    for (boolean decayed : new boolean[] {true, false}) {
      List<Integer> places =
          IntStream.range(0, parameters.size())
              .filter(i -> decayed(parameters.get(i).spec().role()) == decayed)
              .boxed()
              .toList();
      if (!places.isEmpty()) {
        groups.add(new Group(decayed, places, slots(places)));
      }
    }
    if (rule.counts()) {
      state.put(STEPS, manager.zeros(new Shape(1)));
    }
  }

  private static void refuseHalf(Network.Tensor parameter) {
    DataType type = parameter.value().getDataType();
    if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
      throw new IllegalArgumentException(
          "%s is of %s, in which small steps are lost; parameters are fp32, whatever the network"
                  .formatted(parameter.spec().name(), type)
              + " computes in");
    }
  }

  private boolean decayed(TensorSpec.Role role) {
    DecayedParameters decayed = update.optimizer().weightDecayOn();
    return switch (role) {
      case CONV_WEIGHT, LINEAR_WEIGHT -> true;
      case LINEAR_BIAS -> decayed != DecayedParameters.WEIGHTS;
      case NORM_WEIGHT, NORM_BIAS -> decayed == DecayedParameters.ALL;
      case RUNNING_MEAN, RUNNING_VARIANCE ->
          throw new IllegalArgumentException("a statistic is no parameter");
    };
  }

  private List<List<NDArray>> slots(List<Integer> places) {
    return rule.slots().stream()
        .map(slot -> places.stream().map(i -> slot(slot, parameters.get(i))).toList())
        .toList();
  }

  private NDArray slot(UpdateRule.Slot slot, Network.Tensor parameter) {
    NDArray value = parameter.value();
    NDArray values = manager.zeros(value.getShape(), value.getDataType());
    values.addi(slot.start());
    state.put(slot.name() + "." + parameter.spec().name(), values);
    return values;
  }

  /**
   * Changes the parameters by their gradients, and sets these to 0. Where the norm of the gradients
   * is not finite, that is all: parameters and memory stay as they are.
   *
   * @return the norm of all gradients together, before it is clipped
   */
  public double step(double learningRate) {
    List<NDArray> gradients = gradients();
    double norm = apply(gradients, learningRate);
    gradients.forEach(NDArray::close);
    return norm;
  }

  /** Sets the gradients to 0. */
  public void forget() {
    List<NDArray> gradients = gradients();
    forget(gradients);
    gradients.forEach(NDArray::close);
  }

  private List<NDArray> gradients() {
    return parameters.stream().map(p -> p.value().getGradient()).toList();
  }

  private void forget(List<NDArray> gradients) {
    script.infer(manager, "forget", Argument.of(gradients)).close();
  }

  double apply(List<NDArray> gradients, double learningRate) {
    try (NDArray norm = script.infer(manager, "norm", Argument.of(gradients)).singletonOrThrow()) {
      double length = norm.toType(DataType.FLOAT64, true).getDouble();
      if (Double.isFinite(length)) {
        update.clipNorm().ifPresent(most -> clip(gradients, norm, most));
        change(gradients, learningRate);
      } else {
        forget(gradients);
      }
      return length;
    }
  }

  private void clip(List<NDArray> gradients, NDArray norm, double most) {
    script
        .infer(manager, "clip", Argument.of(gradients), Argument.of(norm), Argument.of(most))
        .close();
  }

  private void change(List<NDArray> gradients, double learningRate) {
    List<NDArray> values = parameters.stream().map(Network.Tensor::value).toList();
    long number = nextNumber();
    for (Group group : groups) {
      List<Argument> arguments = new ArrayList<>();
      arguments.add(Argument.of(group.of(values)));
      arguments.add(Argument.of(group.of(gradients)));
      group.slots().forEach(slot -> arguments.add(Argument.of(slot)));
      double decay = group.decayed() ? update.optimizer().weightDecay() : 0;
      arguments.addAll(
          rule.numbers(new UpdateRule.Step(decay, group.decayed(), learningRate, number)));
      script.infer(manager, rule.function(), arguments.toArray(Argument[]::new)).close();
    }
  }

  /** 2²⁴ steps fit exactly. */
  private long nextNumber() {
    NDArray steps = state.get(STEPS);
    if (steps == null) {
      return 0;
    }
    steps.addi(1);
    return (long) steps.getFloat();
  }

  /**
   * What it remembers, live, fp32 as the parameters: with it a resumed run goes on alike. Named by
   * what it is and the parameter, such as {@code momentum.conv1.weight}.
   */
  public Map<String, NDArray> state() {
    return Map.copyOf(state);
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
