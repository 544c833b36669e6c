package dev.supcon.runner.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.supcon.contract.spec.OptimizerSpec;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import java.util.List;

/**
 * Stochastic gradient descent by PyTorch's rule: {@code v ← μ v + (g + λ w)}, {@code w ← w - lr ·
 * v} ({@code torch/optim/sgd.py}, dampening 0). The momentum starts at 0, which gives PyTorch's
 * first step. Weight decay acts on every parameter, as in the authors' PyTorch code.
 */
public final class Sgd implements AutoCloseable {
  private static final ScriptArchive RULE =
      ScriptArchive.of(
          """
          def step(self, w: List[Tensor], g: List[Tensor], v: List[Tensor], decay: float, momentum: float, rate: float) -> Tensor:
            _0 = torch._foreach_add_(g, w, alpha=decay)
            _1 = torch._foreach_mul_(v, momentum)
            _2 = torch._foreach_add_(v, g, alpha=1)
            _3 = torch._foreach_add_(w, v, alpha=rate)
            _4 = torch._foreach_zero_(g)
            return w[0]
          """);

  private final OptimizerSpec spec;
  private final NDManager manager;
  private final ScriptModule rule;
  private final List<NDArray> parameters;
  private final List<NDArray> momenta;

  /**
   * @param parameters live arrays that record gradients; they are changed in place
   */
  public Sgd(OptimizerSpec spec, List<NDArray> parameters, NDManager parent) {
    this.spec = spec;
    this.parameters = List.copyOf(parameters);
    this.manager = parent.newSubManager();
    this.rule = ScriptModule.load(manager, RULE);
    this.momenta =
        parameters.stream().map(p -> manager.zeros(p.getShape(), p.getDataType())).toList();
  }

  /** Changes the parameters by their gradients, and sets these to 0. */
  public void step(double learningRate) {
    List<NDArray> gradients = parameters.stream().map(NDArray::getGradient).toList();
    apply(gradients, learningRate);
    gradients.forEach(NDArray::close);
  }

  void apply(List<NDArray> gradients, double learningRate) {
    rule.infer(
            manager,
            "step",
            Argument.of(parameters),
            Argument.of(gradients),
            Argument.of(momenta),
            Argument.of(spec.weightDecay().doubleValue()),
            Argument.of(spec.momentum().doubleValue()),
            Argument.of(-learningRate))
        .close();
  }

  /** The momenta v, live, in the order of the parameters: with them a resumed run goes on alike. */
  public List<NDArray> momenta() {
    return momenta;
  }

  @Override
  public void close() {
    rule.close();
    manager.close();
  }
}
