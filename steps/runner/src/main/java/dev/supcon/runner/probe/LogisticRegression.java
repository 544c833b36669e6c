package dev.supcon.runner.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.supcon.runner.torchscript.Argument;
import dev.supcon.runner.torchscript.ScriptArchive;
import dev.supcon.runner.torchscript.ScriptModule;
import dev.supcon.runner.torchscript.TorchEngine;

/**
 * Multinomial logistic regression in double precision: minimises mean cross-entropy + lambda / 2
 * ||W||^2 over weights and bias by L-BFGS; the bias is free of the penalty (SimCLR paper, appendix
 * B.8; Kornblith et al. 2019).
 */
public final class LogisticRegression implements AutoCloseable {
  private static final String SCRIPT =
      """
      def objective(self, x: Tensor, y: Tensor, theta: Tensor, decay: float) -> Tuple[Tensor, Tensor]:
        f = torch.size(x, 1)
        w = torch.slice(theta, 1, 0, f)
        b = torch.select(theta, 1, f)
        log_p = torch.log_softmax(torch.addmm(b, x, torch.t(w)), 1)
        at = torch.unsqueeze(y, 1)
        value = torch.sub(torch.mul(torch.sum(torch.mul(w, w)), decay / 2), torch.mean(torch.gather(log_p, 1, at)))
        g = torch.exp_(log_p)
        torch.scatter_add_(g, 1, at, torch.full_like(torch.slice(g, 1, 0, 1), -1.))
        torch.div_(g, float(torch.size(x, 0)))
        gw = torch.add(torch.mm(torch.t(g), x), w, alpha=decay)
        return (value, torch.cat([gw, torch.unsqueeze(torch.sum(g, [0]), 1)], 1))
      """;

  private final int classes;
  private final int width;
  private final Runnable beforeEvaluation;
  private final NDManager manager = TorchEngine.newManager();
  private final ScriptModule script = ScriptModule.load(manager, ScriptArchive.of(SCRIPT));
  private final NDArray x;
  private final NDArray y;

  /**
   * @param beforeEvaluation of the objective; may end the work by an exception
   */
  public LogisticRegression(Features train, int classes, Runnable beforeEvaluation) {
    this.classes = classes;
    this.beforeEvaluation = beforeEvaluation;
    this.width = train.width();
    try (NDArray single = train.array(manager)) {
      this.x = single.toType(DataType.FLOAT64, false);
    }
    this.y = train.labelArray(manager);
  }

  /**
   * A solution.
   *
   * @param parameters [C, F + 1]: weights and, last in each row, the bias
   * @param largestGradient 0 at the optimum
   */
  @SuppressWarnings("ArrayRecordComponent") // Weights; nobody compares two solutions.
  public record Solution(double[] parameters, int classes, double value, double largestGradient) {

    public LinearClassifier classifier() {
      int width = parameters.length / classes - 1;
      float[] weights = new float[classes * width];
      float[] bias = new float[classes];
      for (int c = 0; c < classes; c++) {
        for (int k = 0; k < width; k++) {
          weights[c * width + k] = (float) parameters[c * (width + 1) + k];
        }
        bias[c] = (float) parameters[c * (width + 1) + width];
      }
      return new LinearClassifier(weights, bias, 1);
    }
  }

  /** When to stop: at a gradient this small, or after so many iterations. */
  public record Effort(double tolerance, int iterations) {}

  /** The start of a first fit: all zeros. */
  public double[] origin() {
    return new double[classes * (width + 1)];
  }

  /** Minimises from a start, such as the solution for a neighbouring lambda. */
  public Solution fit(double lambda, double[] start, Effort effort) {
    Lbfgs.Point end =
        new Lbfgs(parameters -> evaluate(parameters, lambda))
            .minimise(start, effort.tolerance(), effort.iterations());
    return new Solution(end.x(), classes, end.value(), Lbfgs.largest(end.gradient()));
  }

  private Lbfgs.Point evaluate(double[] parameters, double lambda) {
    beforeEvaluation.run();
    try (NDManager step = manager.newSubManager()) {
      NDList result =
          script.infer(
              step,
              "objective",
              Argument.of(x),
              Argument.of(y),
              Argument.of(step.create(parameters, new Shape(classes, width + 1))),
              Argument.of(lambda));
      return new Lbfgs.Point(parameters, result.get(0).getDouble(), result.get(1).toDoubleArray());
    }
  }

  @Override
  public void close() {
    script.close();
    manager.close();
  }
}
