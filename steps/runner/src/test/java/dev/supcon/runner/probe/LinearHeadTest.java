package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.spec.LinearOptimizerSpec;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.data.EpochOrder;
import dev.supcon.runner.measure.Accuracy;
import dev.supcon.runner.optim.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearHeadTest {
  private static final int CLASSES = 3;
  private static final int WIDTH = 4;

  /** Three learning rates at once are three runs of one, each by PyTorch's rule, worked by hand. */
  @Test
  void everyCandidateIsTrainedAsIfItWereAlone() {
    LinearSpec spec =
        spec(
            "{'epochs': 5, 'batchSize': 8, 'learningRates': [0.05, 0.5, 2.0], 'momentum': 0.9, 'weightDecay': 0.01}");
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
    LinearSpec spec =
        spec(
            "{'epochs': 2, 'batchSize': 2, 'learningRates': [0.05], 'momentum': 0.9, 'weightDecay': 0.01}");
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
    LinearSpec spec =
        spec(
            "{'epochs': 3, 'batchSize': 8, 'learningRates': [0.5], 'momentum': 0.9, 'weightDecay': 0.0}");
    Features train = clouds(50);
    float[] first = trained(spec, train, 1).weights();

    assertThat(trained(spec, train, 1).weights()).containsExactly(first);
    assertThat(trained(spec, train, 2).weights()).isNotEqualTo(first);
  }

  @Test
  void oneThatNormalisesItsInputIsTrainedOnUnitFeatures() {
    String words = "'epochs': 3, 'batchSize': 8, 'learningRates': [0.5]";
    Features train = clouds(50);
    LinearClassifier plain = trained(spec("{" + words + "}"), train.unitRows(), 1);
    LinearClassifier found = trained(spec("{" + words + ", 'normalizeInput': true}"), train, 1);

    assertThat(found.weights()).containsExactly(plain.weights());
    assertThat(found.predict(train).logits())
        .containsExactly(plain.predict(train.unitRows()).logits());
    assertThat(found.normalizeInput()).isTrue();
  }

  @Test
  void cloudsThatLieApartAreTold() {
    LinearSpec spec =
        spec(
            "{'epochs': 20, 'batchSize': 16, 'learningRates': [0.5], 'momentum': 0.9, 'weightDecay': 0.0}");

    assertThat(Accuracy.top(1, trained(spec, clouds(200), 0).predict(clouds(90)))).isEqualTo(1);
  }

  @Test
  void theRateFallsByFiveAfterSixtySeventyFiveAndNinetyPercent() {
    assertThat(factor(59, 100)).isEqualTo(1);
    assertThat(factor(60, 100)).isEqualTo(0.2);
    assertThat(factor(75, 100)).isCloseTo(0.04, within(1e-15));
    assertThat(factor(90, 100)).isCloseTo(0.008, within(1e-15));
    assertThat(factor(5, 10)).isEqualTo(1);
    assertThat(factor(6, 10)).isEqualTo(0.2);
  }

  private static double factor(int epoch, int epochs) {
    return LinearHead.schedule(spec("{'epochs': " + epochs + "}"), 1, 7).at(7L * epoch);
  }

  /** Rates change from batch to batch, and calls of 16 batches end within an epoch. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'optimizer': {'nesterov': true}, 'schedule': {'type': 'cosine'}",
        "'optimizer': {'type': 'rmsProp', 'decay': 0.8}, 'schedule': {'type': 'exponential'}",
        "'optimizer': {'type': 'lars', 'trustCoefficient': 0.1}, 'labelSmoothing': 0.1",
        "'labelSmoothing': 0.3, 'schedule': {'type': 'steps', 'decayEpochs': [2], 'factor': 0.5}"
      })
  void everyRuleIsThePublishedOne(String words) {
    LinearSpec spec =
        spec(
            "{'epochs': 3, 'batchSize': 2, 'warmupEpochs': 1, 'learningRates': [0.02, 0.1],"
                + " 'momentum': 0.8, 'weightDecay': 0.01, "
                + words
                + "}");
    Features train = clouds(45);
    try (LinearHead head = new LinearHead(spec, train, CLASSES)) {
      List<LinearClassifier> found = head.train(11, done -> {});

      assertClose(found.get(0), naive(spec, train, 0.02));
      assertClose(found.get(1), naive(spec, train, 0.1));
    }
  }

  private static LinearSpec spec(String json) {
    try {
      return ContractJson.read(json.replace('\'', '"'), LinearSpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
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
    double[] s = new double[w.length];
    Arrays.fill(s, 1);
    int batches = Math.ceilDiv(train.size(), spec.batchSize());
    Schedule schedule = LinearHead.schedule(spec, learningRate, batches);
    long step = 0;
    for (int epoch = 0; epoch < spec.epochs(); epoch++) {
      int[] order = EpochOrder.of(11, epoch, train.size());
      for (int from = 0; from < order.length; from += spec.batchSize()) {
        int to = Math.min(order.length, from + spec.batchSize());
        double[] g = gradient(w, train, Arrays.copyOfRange(order, from, to), spec.labelSmoothing());
        for (int i = 0; i < w.length; i++) {
          g[i] += spec.weightDecay() * w[i];
        }
        update(spec, schedule.at(step++), g, List.of(w, v, s));
      }
    }
    float[] result = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      result[i] = (float) w[i];
    }
    return result;
  }

  private static void update(LinearSpec spec, double rate, double[] g, List<double[]> state) {
    double[] w = state.get(0);
    double[] v = state.get(1);
    double[] s = state.get(2);
    double[] ratios = {ratio(spec, w, g, false), ratio(spec, w, g, true)};
    LinearOptimizerSpec rule = spec.optimizer();
    for (int i = 0; i < w.length; i++) {
      switch (rule.type()) {
        case SGD, UNKNOWN -> {
          v[i] = spec.momentum() * v[i] + g[i];
          w[i] -= rate * (rule.nesterov() ? g[i] + spec.momentum() * v[i] : v[i]);
        }
        case LARS -> {
          v[i] = spec.momentum() * v[i] + rate * ratios[bias(i) ? 1 : 0] * g[i];
          w[i] -= v[i];
        }
        case RMS_PROP -> {
          s[i] = rule.decay() * s[i] + (1 - rule.decay()) * g[i] * g[i];
          v[i] = spec.momentum() * v[i] + rate * g[i] / Math.sqrt(s[i] + rule.epsilon());
          w[i] -= v[i];
        }
      }
    }
  }

  private static boolean bias(int i) {
    return i % (WIDTH + 1) == WIDTH;
  }

  /** LARS's trust ratio of the bias or of the weights. */
  private static double ratio(LinearSpec spec, double[] w, double[] g, boolean bias) {
    double ww = 0;
    double gg = 0;
    for (int i = 0; i < w.length; i++) {
      ww += bias(i) == bias ? w[i] * w[i] : 0;
      gg += bias(i) == bias ? g[i] * g[i] : 0;
    }
    return ww > 0 && gg > 0 ? spec.optimizer().trustCoefficient() * Math.sqrt(ww / gg) : 1;
  }

  private static double[] gradient(double[] w, Features train, int[] batch, double smoothing) {
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
        double target = smoothing / CLASSES + (train.labels()[row] == c ? 1 - smoothing : 0);
        double error = (p[c] / sum - target) / batch.length;
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
