package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.runner.data.EpochOrder;
import dev.supcon.runner.measure.Accuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearHeadTest {
  private static final int CLASSES = 3;
  private static final int WIDTH = 4;

  /** Three learning rates at once are three runs of one, each by PyTorch's rule, worked by hand. */
  @Test
  void everyCandidateIsTrainedAsIfItWereAlone() {
    LinearSpec spec = new LinearSpec(5, 8, List.of(0.05, 0.5, 2.0), 0.9, 0.01);
    Features train = clouds(21); // Three batches, the last of five rows.
    try (LinearHead head = new LinearHead(spec, train, CLASSES)) {
      List<Integer> told = new ArrayList<>();
      List<LinearClassifier> found = head.train(11, told::add);

      assertThat(told).containsExactly(1, 2, 3, 4, 5);
      for (int candidate = 0; candidate < 3; candidate++) {
        double rate = spec.learningRates().get(candidate);
        assertClose(found.get(candidate), naive(spec, train, rate));
      }
    }
  }

  /** 25 batches, 16 of them in a call: the momentum goes on, and so does the epoch. */
  @Test
  void anEpochThatTakesSeveralCallsIsOneEpoch() {
    LinearSpec spec = new LinearSpec(2, 2, List.of(0.05), 0.9, 0.01);
    Features train = clouds(50);
    try (LinearHead head = new LinearHead(spec, train, CLASSES)) {
      List<Integer> told = new ArrayList<>();

      assertClose(head.train(11, told::add).getFirst(), naive(spec, train, 0.05));
      assertThat(told).containsExactly(0, 1, 1, 2);
    }
  }

  private static void assertClose(LinearClassifier found, float[] expected) {
    for (int c = 0; c < CLASSES; c++) {
      for (int k = 0; k < WIDTH; k++) {
        assertThat(found.weights()[c * WIDTH + k])
            .isCloseTo(expected[c * (WIDTH + 1) + k], within(2e-5f));
      }
      assertThat(found.bias()[c]).isCloseTo(expected[c * (WIDTH + 1) + WIDTH], within(2e-5f));
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    LinearSpec spec = new LinearSpec(3, 8, List.of(0.5), 0.9, 0.0);
    Features train = clouds(50);
    float[] first = trained(spec, train, 1).weights();

    assertThat(trained(spec, train, 1).weights()).containsExactly(first);
    assertThat(trained(spec, train, 2).weights()).isNotEqualTo(first);
  }

  @Test
  void cloudsThatLieApartAreTold() {
    LinearSpec spec = new LinearSpec(20, 16, List.of(0.5), 0.9, 0.0);

    assertThat(Accuracy.top(1, trained(spec, clouds(200), 0).predict(clouds(90)))).isEqualTo(1);
  }

  @Test
  void theRateFallsByFiveAfterSixtySeventyFiveAndNinetyPercent() {
    assertThat(LinearHead.factor(59, 100)).isEqualTo(1);
    assertThat(LinearHead.factor(60, 100)).isEqualTo(0.2);
    assertThat(LinearHead.factor(75, 100)).isCloseTo(0.04, within(1e-15));
    assertThat(LinearHead.factor(90, 100)).isCloseTo(0.008, within(1e-15));
    assertThat(LinearHead.factor(5, 10)).isEqualTo(1);
    assertThat(LinearHead.factor(6, 10)).isEqualTo(0.2);
  }

  private static LinearClassifier trained(LinearSpec spec, Features train, long seed) {
    try (LinearHead head = new LinearHead(spec, train, CLASSES)) {
      return head.train(seed, epoch -> {}).getFirst();
    }
  }

  /** [C, F + 1], the bias last in each row. */
  private static float[] naive(LinearSpec spec, Features train, double learningRate) {
    double[] w = new double[CLASSES * (WIDTH + 1)];
    double[] v = new double[w.length];
    for (int epoch = 0; epoch < spec.epochs(); epoch++) {
      int[] order = EpochOrder.of(11, epoch, train.size());
      double rate = learningRate * LinearHead.factor(epoch, spec.epochs());
      for (int from = 0; from < order.length; from += spec.batchSize()) {
        int to = Math.min(order.length, from + spec.batchSize());
        double[] g = gradient(w, train, Arrays.copyOfRange(order, from, to));
        for (int i = 0; i < w.length; i++) {
          v[i] = spec.momentum() * v[i] + g[i] + spec.weightDecay() * w[i];
          w[i] -= rate * v[i];
        }
      }
    }
    float[] result = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      result[i] = (float) w[i];
    }
    return result;
  }

  private static double[] gradient(double[] w, Features train, int[] batch) {
    double[] g = new double[w.length];
    for (int row : batch) {
      double[] p = new double[CLASSES];
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        double z = w[c * (WIDTH + 1) + WIDTH];
        for (int k = 0; k < WIDTH; k++) {
          z += w[c * (WIDTH + 1) + k] * train.values()[row * WIDTH + k];
        }
        p[c] = Math.exp(z);
        sum += p[c];
      }
      for (int c = 0; c < CLASSES; c++) {
        double error = (p[c] / sum - (train.labels()[row] == c ? 1 : 0)) / batch.length;
        for (int k = 0; k < WIDTH; k++) {
          g[c * (WIDTH + 1) + k] += error * train.values()[row * WIDTH + k];
        }
        g[c * (WIDTH + 1) + WIDTH] += error;
      }
    }
    return g;
  }

  /** Class c lies around 3 on axis c. */
  static Features clouds(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    float[] values = new float[rows * WIDTH];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % CLASSES;
      for (int k = 0; k < WIDTH; k++) {
        values[i * WIDTH + k] = (float) (random.nextDouble() - 0.5 + (k == labels[i] ? 3 : 0));
      }
    }
    return new Features(values, WIDTH, labels);
  }
}
