package dev.supcon.runner.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.spec.LearningRateScaling;
import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.spec.ScheduleSpec;
import dev.supcon.contract.step.ContractJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  /**
   * The paper's ResNet-50: 350 epochs of 1281167 / 6144 steps, 12 of warm-up, computed from its
   * code.
   */
  private static final Schedule.Length RESNET50 =
      new Schedule.Length(1281167 / 6144.0, 2502, 2502 + 70480);

  @Test
  void paperResNet50ScheduleIsReproduced() {
    Schedule rate = new Schedule(ScheduleSpec.cosine(), 9.6, RESNET50);

    assertThat(rate.at(0)).isZero();
    assertThat(rate.at(1000)).isCloseTo(3.8369304556, within(1e-9));
    assertThat(rate.at(2502)).isEqualTo(9.6);
    assertThat(rate.at(10_000)).isCloseTo(9.3344026801, within(1e-9));
    assertThat(rate.at(40_000)).isCloseTo(4.3177017791, within(1e-9));
    assertThat(rate.at(72_983)).isZero();
  }

  /** 0.4 · 6144 / 256, as the paper's scripts write it. */
  @Test
  void theLearningRateFollowsTheBatch() {
    assertThat(LearningRateScaling.NONE.peak(0.4, 6144)).isEqualTo(0.4);
    assertThat(LearningRateScaling.LINEAR.peak(0.4, 6144)).isCloseTo(9.6, within(1e-12));
    assertThat(LearningRateScaling.SQRT.peak(0.075, 4096)).isCloseTo(4.8, within(1e-12));
    assertThat(
            pretrain("{'batchSize': 1024, 'optimizer': {'learningRateScaling': 'linear'}}", 10)
                .peak())
        .isEqualTo(2.0);
  }

  @Test
  void withoutWarmupTheFirstStepHasThePeak() {
    Schedule rate = new Schedule(ScheduleSpec.cosine(), 0.5, new Schedule.Length(10, 0, 10));

    assertThat(rate.at(0)).isEqualTo(0.5);
  }

  @Test
  void warmupToTheVeryEndLeavesNothingToDecay() {
    Schedule rate = new Schedule(ScheduleSpec.cosine(), 0.5, new Schedule.Length(10, 10, 10));

    assertThat(rate.at(9)).isCloseTo(0.45, within(1e-12));
    assertThat(rate.at(10)).isZero();
  }

  /** The paper's CIFAR recipe by its PyTorch code: 1,000 epochs of 48 steps, 10 of warm-up. */
  @Test
  void theAuthorsPyTorchScheduleIsReproduced() {
    Schedule rate =
        pretrain("{'schedule': {'type': 'cosineByEpoch', 'floor': 0.001, 'warmupFrom': 0.01}}", 48);

    assertThat(rate.at(0)).isEqualTo(0.01);
    assertThat(rate.at(240)).isCloseTo((0.01 + 0.4998767635) / 2, within(1e-9));
    assertThat(rate.at(479)).isCloseTo(0.01 + 479 / 480.0 * 0.4898767635, within(1e-9));
    assertThat(rate.at(480)).isLessThan(0.4998767635); // epoch 11
    assertThat(rate.at(499 * 48)).isEqualTo(rate.at(500 * 48 - 1));
    assertThat(rate.at(500 * 48 - 1)).isCloseTo(0.25025, within(1e-12));
    assertThat(rate.at(1000 * 48 - 1)).isCloseTo(0.0005, within(1e-12));
  }

  /** Cross-entropy's warm-up there: 500 epochs at 0.8 lead to 0.7992114807. */
  @Test
  void theAuthorsPyTorchWarmupLeadsToTheCosine() {
    Schedule rate =
        pretrain(
            "{'epochs': 500, 'optimizer': {'learningRate': 0.8},"
                + " 'schedule': {'type': 'cosineByEpoch', 'floor': 0.001, 'warmupFrom': 0.01}}",
            1);

    assertThat(rate.at(9)).isCloseTo(0.01 + 0.9 * (0.7992114807 - 0.01), within(1e-9));
  }

  @Test
  void aFloorIsWhereTheCosineEnds() {
    Schedule rate = pretrain("{'epochs': 20, 'schedule': {'floor': 0.1}}", 10);

    assertThat(rate.at(150)).isCloseTo(0.5 * (0.1 + 0.9 / 2), within(1e-12));
    assertThat(rate.at(200)).isCloseTo(0.05, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"6999, 0.5", "7000, 0.05", "7999, 0.05", "8000, 0.005", "9000, 0.0005"})
  void stepsFallBehindTheirEpochs(long step, double expected) {
    Schedule rate = pretrain("{'schedule': {'type': 'steps', 'decayEpochs': [700, 800, 900]}}", 10);

    assertThat(rate.at(step)).isCloseTo(expected, within(1e-15));
  }

  /** 0.97 each half epoch behind the warm-up, in jumps, as the paper's second stage. */
  @ParameterizedTest
  @CsvSource({
    "99, true, 0.495",
    "100, true, 0.5",
    "104, true, 0.5",
    "105, true, 0.485",
    "110, true, 0.47045",
    "105, false, 0.485",
    "101, false, 0.4969633381"
  })
  void anExponentialFallsByItsRate(long step, boolean staircase, double expected) {
    Schedule rate =
        pretrain("{'schedule': {'type': 'exponential', 'staircase': " + staircase + "}}", 10);

    assertThat(rate.at(step)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void theJumpsOfAStaircaseFallOnTheirSteps() {
    Schedule rate =
        pretrain(
            "{'warmupEpochs': 0, 'schedule': {'type': 'exponential', 'epochsPerDecay': 0.1}}", 10);

    for (int step = 0; step < 100; step++) {
      assertThat(rate.at(step)).isEqualTo(0.5 * StrictMath.pow(0.97, step));
    }
  }

  @Test
  void aConstantStaysAtThePeak() {
    Schedule rate = pretrain("{'schedule': {'type': 'constant'}}", 10);

    assertThat(rate.at(50)).isEqualTo(0.25);
    assertThat(rate.at(100)).isEqualTo(0.5);
    assertThat(rate.at(9999)).isEqualTo(0.5);
  }

  private static Schedule pretrain(String json, int batchesPerEpoch) {
    try {
      PretrainSpec spec = ContractJson.read(json.replace('\'', '"'), PretrainSpec.class);
      return Schedule.of(spec, batchesPerEpoch);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
