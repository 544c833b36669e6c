package dev.supcon.runner.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.supcon.contract.spec.LossScale;
import dev.supcon.contract.spec.LossSpec;
import dev.supcon.contract.spec.LossType;
import dev.supcon.runner.torchscript.Tensors;
import dev.supcon.runner.torchscript.TorchEngine;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueueLossTest {
  private static final double TAU = 0.1;

  private final NDManager manager = TorchEngine.newManager();
  private final QueueLoss loss =
      new QueueLoss(LossSpec.with(LossType.SUP_CON, TAU, LossScale.NONE));

  @AfterEach
  void close() {
    loss.close();
    manager.close();
  }

  @Test
  void eachKeyOfTheAnchorsClassIsAPositiveAndEveryKeyIsInTheDenominator() {
    double[][] q = rows(4, 3, 1);
    double[][] k = rows(9, 3, 2);
    long[] y = {0, 1, 2, 1};
    long[] ky = {0, 1, 2, 1, 0, 0, 1, 5, 2};

    assertThat(of(q, k, y, ky).loss()).isCloseTo(naive(q, k, y, ky), within(1e-12));
  }

  @Test
  void aPlaceThatIsNotFilledTakesNoPart() {
    double[][] q = rows(2, 3, 1);
    double[][] k = rows(5, 3, 2);
    long[] y = {0, 1};

    LossGradient masked = of(q, k, y, new long[] {0, 1, 1, -1, -1});
    LossGradient without = of(q, Arrays.copyOf(k, 3), y, new long[] {0, 1, 1});

    assertThat(masked.loss()).isCloseTo(without.loss(), within(1e-12));
    assertThat(masked.gradient().toDoubleArray())
        .containsExactly(without.gradient().toDoubleArray(), within(1e-12));
  }

  @Test
  void theGradientIsTheDifferenceQuotient() {
    double[][] q = rows(4, 3, 3);
    double[][] k = rows(7, 3, 4);
    long[] y = {0, 1, 1, 4};
    long[] ky = {0, 1, 2, 1, 0, -1, 3}; // the last anchor has no positive
    double[] gradient = of(q, k, y, ky).gradient().toDoubleArray();

    for (int i = 0; i < gradient.length; i++) {
      double kept = q[i / 3][i % 3];
      q[i / 3][i % 3] = kept + 1e-6;
      double above = naive(q, k, y, ky);
      q[i / 3][i % 3] = kept - 1e-6;
      double below = naive(q, k, y, ky);
      q[i / 3][i % 3] = kept;
      assertThat(gradient[i]).isCloseTo((above - below) / 2e-6, within(2e-8));
    }
  }

  /** More keys than a tile, and a last tile that is not full. */
  @Test
  void aLongQueueIsTheSameSum() {
    double[][] q = rows(3, 8, 5);
    double[][] k = rows(9000, 8, 6);
    long[] y = {0, 1, 2};
    long[] ky = new long[9000];
    Arrays.setAll(ky, i -> i % 7 - 1);

    assertThat(of(q, k, y, ky).loss()).isCloseTo(naive(q, k, y, ky), within(1e-9));
    NDArray single = array(q).toType(DataType.FLOAT32, true);
    NDArray keys = array(k).toType(DataType.FLOAT32, true);
    LossGradient result = loss.of(single, keys, longs(y), longs(ky));
    assertThat(result.loss()).isCloseTo(naive(q, k, y, ky), within(1e-5));
  }

  private LossGradient of(double[][] q, double[][] k, long[] y, long[] ky) {
    return loss.of(array(q), array(k), longs(y), longs(ky));
  }

  private NDArray array(double[][] rows) {
    return NaiveSupCon.array(manager, rows);
  }

  private NDArray longs(long[] values) {
    return Tensors.longs(manager, values, values.length);
  }

  private static double naive(double[][] q, double[][] k, long[] y, long[] ky) {
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      double denominator = 0;
      double own = 0;
      int positives = 0;
      for (int a = 0; a < k.length; a++) {
        double s = dot(q[i], k[a]) / TAU;
        denominator += ky[a] < 0 ? 0 : Math.exp(s);
        own += ky[a] == y[i] ? s : 0;
        positives += ky[a] == y[i] ? 1 : 0;
      }
      sum += positives == 0 ? 0 : Math.log(denominator) - own / positives;
    }
    return sum / q.length;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static double[][] rows(int count, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[count][width];
    for (double[] row : rows) {
      Arrays.setAll(row, d -> random.nextGaussian());
      double length = Math.sqrt(dot(row, row));
      Arrays.setAll(row, d -> row[d] / length);
    }
    return rows;
  }
}
