package dev.supcon.runner.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.runner.data.ImageSource.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldoutTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.25, 0.5})
  void everyClassGivesItsShare(double fraction) {
    List<Sample> samples = samples(3, 200);
    List<Part> parts = Holdout.parts(samples, 3, fraction);
    for (int label = 0; label < 3; label++) {
      assertThat(count(samples, parts, label, Part.HOLDOUT)).isEqualTo((long) (200 * fraction));
      assertThat(count(samples, parts, label, Part.TRAIN)).isEqualTo((long) (200 - 200 * fraction));
    }
  }

  @Test
  void testSamplesStayTestAndNoOtherBecomesOne() {
    List<Sample> samples = samples(3, 50);
    List<Part> parts = Holdout.parts(samples, 3, 0.5);
    for (int i = 0; i < samples.size(); i++) {
      assertThat(parts.get(i) == Part.TEST).isEqualTo(samples.get(i).test());
    }
  }

  @ParameterizedTest
  @CsvSource({"2,0.01,1", "2,0.5,1", "3,0.5,2", "10,0.01,1", "1,0.5,0"})
  void oneIsHeldAndOneRemainsWhereverThatIsPossible(int size, double fraction, int held) {
    List<Sample> samples = samples(1, size);
    List<Part> parts = Holdout.parts(samples, 1, fraction);
    assertThat(count(samples, parts, 0, Part.HOLDOUT)).isEqualTo(held);
  }

  @Test
  void nothingIsHeldWhenNothingIsAskedFor() {
    assertThat(Holdout.parts(samples(2, 20), 2, 0)).doesNotContain(Part.HOLDOUT);
  }

  /** Not on a seed either: all runs of a data set share its holdout. */
  @Test
  void namesAloneDecide() {
    List<Sample> samples = samples(2, 100);
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.reverse(shuffled);
    assertThat(held(shuffled)).isEqualTo(held(samples)).hasSize(20);
  }

  /** So that a data set that grows keeps nearly all of its holdout. */
  @Test
  void anImageMoreMovesAtMostOneOfItsClassAndNoneOfAnother() {
    List<Sample> samples = samples(2, 100);
    Set<String> before = held(samples);
    samples.add(new Sample("new", 0, false));
    Set<String> after = held(samples);
    after.removeAll(before);
    assertThat(after).hasSizeLessThanOrEqualTo(1);
    assertThat(held(samples)).containsAll(before.stream().filter(n -> n.startsWith("1/")).toList());
  }

  /** Neither the first files of a class nor every tenth: names in a row are often of one scene. */
  @Test
  void theHeldAreSpreadOverTheNames() {
    List<Sample> samples = samples(1, 10_000);
    List<Part> parts = Holdout.parts(samples, 1, 0.1);
    double chiSquare = 0;
    for (int tenth = 0; tenth < 10; tenth++) {
      int from = tenth * 1000;
      long held =
          IntStream.range(from, from + 1000).filter(i -> parts.get(i) == Part.HOLDOUT).count();
      chiSquare += (held - 100) * (held - 100) / 90.0;
    }
    assertThat(chiSquare).isBetween(0.7, 27.88); // 0.01 % and 99.9 % with 9 degrees of freedom
  }

  private static Set<String> held(List<Sample> samples) {
    List<Part> parts = Holdout.parts(samples, 2, 0.1);
    Set<String> held = new TreeSet<>();
    for (int i = 0; i < samples.size(); i++) {
      if (parts.get(i) == Part.HOLDOUT) {
        held.add(samples.get(i).name());
      }
    }
    return held;
  }

  private static long count(List<Sample> samples, List<Part> parts, int label, Part part) {
    return IntStream.range(0, samples.size())
        .filter(i -> samples.get(i).label() == label && parts.get(i) == part)
        .count();
  }

  /** So many training samples of each class, and one test sample. */
  private static List<Sample> samples(int classes, int size) {
    List<Sample> samples = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      for (int i = 0; i < size; i++) {
        samples.add(new Sample("%d/%05d.png".formatted(label, i), label, false));
      }
      samples.add(new Sample(label + "/test.png", label, true));
    }
    return samples;
  }
}
