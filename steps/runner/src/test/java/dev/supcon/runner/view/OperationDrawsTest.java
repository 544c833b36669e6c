package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.supcon.contract.spec.ViewPolicy;
import dev.supcon.contract.spec.ViewSemantics;
import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.contract.spec.ViewTable;
import dev.supcon.runner.data.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chi-square tests at 0.1 percent. */
class OperationDrawsTest {
  private static final int DRAWS = 10_000;
  private static final int SIDE = 224;

  @ParameterizedTest
  @EnumSource(value = ViewTable.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void eachPairIsAsLikelyAndItsOperationsHappenAsOftenAsTheTableSays(ViewTable table) {
    OperationDraws draws = new OperationDraws(ViewsOf.autoAugment(table), SIDE);
    List<SubPolicy> pairs = SubPolicies.of(table);
    int[] counts = new int[pairs.size()];
    int[][] happened = new int[pairs.size()][2];
    for (int i = 0; i < DRAWS; i++) {
      long key = CounterRandom.key(3, i);
      int pair = CounterRandom.below(key, 0, pairs.size());
      counts[pair]++;
      count(draws.random(key), pairs.get(pair), happened[pair]);
    }
    assertThat(chiSquare(counts)).as("24 degrees of freedom").isLessThan(51.18);
    double sum = 0;
    for (int pair = 0; pair < pairs.size(); pair++) {
      SubPolicy.Step first = pairs.get(pair).first();
      SubPolicy.Step second = pairs.get(pair).second();
      double variance = variance(first) + variance(second);
      double expected = first.probability() + second.probability();
      sum += surprise(happened[pair][0], counts[pair], expected, variance);
      if (first.operation() != second.operation()) {
        sum += surprise(happened[pair][1], counts[pair], first.probability(), variance(first));
      }
    }
    assertThat(sum).as("at most 50 degrees of freedom").isLessThan(86.66);
  }

  /** How many happened, and whether the first did; what was drawn is the pair in its order. */
  private static void count(List<DrawnOperation> drawn, SubPolicy pair, int[] happened) {
    List<Operation> operations = drawn.stream().map(DrawnOperation::operation).toList();
    Operation first = pair.first().operation();
    Operation second = pair.second().operation();
    assertThat(List.of(List.of(), List.of(first), List.of(second), List.of(first, second)))
        .contains(operations);
    happened[0] += operations.size();
    happened[1] += operations.contains(first) ? 1 : 0;
  }

  private static double variance(SubPolicy.Step step) {
    return step.probability() * (1 - step.probability());
  }

  private static double surprise(int happened, int of, double expected, double variance) {
    double beside = happened - of * expected;
    if (variance == 0) {
      return Math.abs(beside) < 1e-9 ? 0 : Double.POSITIVE_INFINITY;
    }
    return beside * beside / (of * variance);
  }

  @ParameterizedTest
  @EnumSource(value = ViewSemantics.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void bothOperationsOfRandAugmentAreUniformAndIndependent(ViewSemantics semantics) {
    boolean authors = semantics == ViewSemantics.AUTHORS_TF;
    ViewSpec spec = ViewsOf.policy(ViewPolicy.RAND_AUGMENT, semantics);
    Operation[] all = Operation.values();
    int[] pairs = counts(spec, all.length * all.length, drawn -> both(drawn, all.length));
    int[] drawn = Arrays.stream(pairs).filter(count -> count > 0).toArray();
    assertThat(drawn).hasSize(authors ? 17 * 17 : 14 * 14);
    assertThat(chiSquare(drawn))
        .as("288 or 195 degrees of freedom")
        .isLessThan(authors ? 367.6 : 260.6);
  }

  private static int both(List<DrawnOperation> drawn, int all) {
    List<Operation> order = List.of(Operation.values());
    int first = order.indexOf(drawn.get(0).operation());
    return first * all + order.indexOf(drawn.get(1).operation());
  }

  @Test
  void signsAreEvenAndCutoutsAnywhere() {
    List<DrawnOperation> drawn =
        operations(ViewsOf.policy(ViewPolicy.RAND_AUGMENT, ViewSemantics.AUTHORS_TF));
    int[] signs = new int[2];
    int[] rows = new int[10];
    int[] columns = new int[10];
    for (DrawnOperation each : drawn) {
      if (each.operation() == Operation.ROTATE) {
        assertThat(Math.abs(each.amount())).isEqualTo(30);
        signs[each.amount() < 0 ? 0 : 1]++;
      }
      rows[(int) (each.row() * 10)]++;
      columns[(int) (each.column() * 10)]++;
    }
    assertThat(chiSquare(signs)).as("1 degree of freedom").isLessThan(10.83);
    assertThat(chiSquare(rows)).as("9 degrees of freedom").isLessThan(27.88);
    assertThat(chiSquare(columns)).as("9 degrees of freedom").isLessThan(27.88);
  }

  @Test
  void aRandomMagnitudeIsNormalAndClipped() {
    double[] parts =
        operations(ViewsOf.randAugment(2, 5, 2.0)).stream()
            .filter(each -> each.operation() == Operation.BRIGHTNESS)
            .mapToDouble(each -> (each.amount() - 0.1) / 0.18)
            .toArray();
    double mean = Arrays.stream(parts).average().orElse(0);
    double variance = Arrays.stream(parts).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    assertThat(mean).isCloseTo(5, within(0.2));
    assertThat(Math.sqrt(variance)).isCloseTo(1.97, within(0.15)); // a little is clipped
    assertThat(Arrays.stream(parts).min().orElse(-1)).isGreaterThan(-1e-9);
    assertThat(Arrays.stream(parts).max().orElse(11)).isLessThan(10 + 1e-9);
    double[] low =
        operations(ViewsOf.randAugment(2, 0, 1.0)).stream()
            .filter(each -> each.operation() == Operation.BRIGHTNESS)
            .mapToDouble(DrawnOperation::amount)
            .toArray();
    assertThat(Arrays.stream(low).filter(amount -> amount == 0.1).count() / (double) low.length)
        .as("half lies below 0")
        .isCloseTo(0.5, within(0.06));
  }

  @Test
  void asManyOperationsAreDrawnAsAsked() {
    ViewSpec four = ViewsOf.randAugment(4, 10, 0.0);
    assertThat(new OperationDraws(four, SIDE).random(1)).hasSize(4);
    ViewSpec none = ViewsOf.policy(ViewPolicy.SIM_AUGMENT, ViewSemantics.AUTHORS_TF);
    assertThat(new OperationDraws(none, SIDE).random(1)).isEmpty();
  }

  private static int[] counts(ViewSpec spec, int cases, ToIntFunction<List<DrawnOperation>> kind) {
    OperationDraws draws = new OperationDraws(spec, SIDE);
    int[] counts = new int[cases];
    IntStream.range(0, DRAWS)
        .map(i -> kind.applyAsInt(draws.random(CounterRandom.key(5, i))))
        .forEach(kindOf -> counts[kindOf]++);
    return counts;
  }

  private static List<DrawnOperation> operations(ViewSpec spec) {
    OperationDraws draws = new OperationDraws(spec, SIDE);
    return IntStream.range(0, DRAWS)
        .mapToObj(i -> draws.random(CounterRandom.key(7, i)))
        .flatMap(List::stream)
        .toList();
  }

  private static double chiSquare(int[] counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    return Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }
}
