package dev.supcon.runner.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * L_out twice more, as simply as it can be said: loops over doubles, and the dense autograd form.
 */
public final class NaiveSupCon {
  private NaiveSupCon() {}

  /** Each anchor's loss, paper Eq. 2 as printed; 0 for an anchor without a positive. */
  static double[] perAnchor(double[][] z, int[] labels, double tau) {
    double[] losses = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double denominator = 0;
      for (int a = 0; a < z.length; a++) {
        denominator += a == i ? 0 : Math.exp(dot(z[i], z[a]) / tau);
      }
      int positives = 0;
      for (int p = 0; p < z.length; p++) {
        if (p != i && labels[p] == labels[i]) {
          losses[i] -= Math.log(Math.exp(dot(z[i], z[p]) / tau) / denominator);
          positives++;
        }
      }
      losses[i] /= Math.max(1, positives);
    }
    return losses;
  }

  static double mean(double[][] z, int[] labels, double tau) {
    double sum = 0;
    for (double loss : perAnchor(z, labels, tau)) {
      sum += loss;
    }
    return sum / z.length;
  }

  /** The mean over anchors by NDArray operations on the dense matrix; autograd sees all of it. */
  public static NDArray dense(NDArray z, int[] labels, double tau) {
    NDManager manager = z.getManager();
    int m = labels.length;
    NDArray y = manager.create(labels);
    NDArray other = manager.eye(m).toType(z.getDataType(), false).mul(-1).add(1); // [M, M]
    NDArray positive = y.reshape(m, 1).eq(y.reshape(1, m)).toType(z.getDataType(), false);
    positive = positive.mul(other);
    NDArray s = z.matMul(z.transpose()).div(tau);
    NDArray shifted = s.sub(s.max(new int[] {1}, true).stopGradient());
    NDArray sum = shifted.exp().mul(other).sum(new int[] {1}, true);
    NDArray logProbability = shifted.sub(sum.log());
    NDArray count = positive.sum(new int[] {1}).maximum(1);
    return logProbability.mul(positive).sum(new int[] {1}).div(count).mean().neg();
  }

  static NDArray array(NDManager manager, double[][] z) {
    double[] flat = java.util.Arrays.stream(z).flatMapToDouble(java.util.Arrays::stream).toArray();
    return manager.create(flat, new Shape(z.length, z[0].length));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
