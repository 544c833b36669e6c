package dev.supcon.runner.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.step.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierReportTest {
  private static final LinearClassifier AXES =
      new LinearClassifier(
          new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}, new float[] {0, 0, 0}, 0.5);

  @Test
  void temperatureMovesConfidenceAndNeverAccuracy() {
    Features test = LinearHeadTest.clouds(60);
    ClassifierReport sharp = ClassifierReport.of(AXES, test);
    ClassifierReport plain = ClassifierReport.of(AXES.withTemperature(1), test);

    assertThat(sharp.metrics()).containsEntry("classifier.test.top1", 1.0);
    assertThat(plain.metrics()).containsEntry("classifier.test.top1", 1.0);
    assertThat(sharp.uncalibratedError())
        .isCloseTo(plain.metrics().get("classifier.test.ece"), within(1e-6))
        .isGreaterThan(sharp.metrics().get("classifier.test.ece"));
  }

  @Test
  void theMapShowsEveryNthImage() {
    assertThat(ClassifierReport.of(AXES, LinearHeadTest.clouds(2500)).plane())
        .hasSize(834)
        .allSatisfy(dot -> assertThat(Math.hypot(dot.x(), dot.y())).isLessThanOrEqualTo(2));
  }

  @Test
  void theFileGivesBackTheRecord(@TempDir Path folder) throws IOException {
    ClassifierReport report = ClassifierReport.of(AXES, LinearHeadTest.clouds(30));
    report.write(folder);

    String json = Files.readString(folder.resolve(ClassifierReport.FILE));
    assertThat(ContractJson.read(json, ClassifierReport.class)).isEqualTo(report);
  }
}
