package dev.supcon.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.operator.api.StepStatus.State;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExperimentStatusTest {
  private static final int LIMIT = 64 * 1024;

  @Test
  void theLargestStatusHasAtMost64Kilobytes() {
    ExperimentStatus largest = largest(ExperimentStatus.class);

    assertThat(largest.steps()).hasSize(36);
    assertThat(largest.conditions()).hasSize(8);
    assertThat(ContractJson.write(largest).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(LIMIT);
  }

  /** Every text a megabyte of what JSON writes longest, every list too long, every number long. */
  private static <T extends Record> T largest(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(ExperimentStatusTest::largest).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object largest(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == String.class) {
      return "\u0001\"\\\u20ac".repeat(1 << 18);
    }
    if (type == List.class) {
      Class<?> entry =
          (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      return Collections.nCopies(1000, largest(entry.asSubclass(Record.class)));
    }
    if (type.isEnum()) {
      return longest(type);
    }
    return type.isRecord() ? largest(type.asSubclass(Record.class)) : number(type);
  }

  private static Object longest(Class<?> words) {
    return Arrays.stream(words.getEnumConstants())
        .max(java.util.Comparator.comparingInt(word -> ContractJson.write(word).length()))
        .orElseThrow();
  }

  private static Object number(Class<?> type) {
    if (type == Double.class) {
      return -Double.MAX_VALUE;
    }
    return type == Integer.class ? (Object) 1_000_000 : (Object) 9_007_199_254_740_991L;
  }

  @Test
  void whatANewerOperatorWroteIsRead() throws JsonProcessingException {
    ExperimentStatus status =
        ContractJson.read(
            """
            {"observedGeneration": 3, "result": "Paused", "new": {"field": 1},
             "conditions": [null, {"type": "New", "status": "True"}],
             "steps": [{"name": "pretrain", "state": "Thinking", "attempts": {"started": 2}}]}
            """,
            ExperimentStatus.class);

    assertThat(status.result()).isEqualTo(ExperimentStatus.Result.UNKNOWN);
    assertThat(status.condition("New").orElseThrow().holds()).isTrue();
    StepStatus step = status.step("pretrain").orElseThrow();
    assertThat(step.state()).isEqualTo(State.UNKNOWN);
    assertThat(step.attempts().started()).isEqualTo(2);
    assertThat(step.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void anEmptyStatusIsTheUnseenOne() throws JsonProcessingException {
    assertThat(ContractJson.read("{}", ExperimentStatus.class)).isEqualTo(ExperimentStatus.UNSEEN);
  }

  @Test
  void aStatusComesBackAsItWas() throws JsonProcessingException {
    ExperimentStatus largest = largest(ExperimentStatus.class);

    assertThat(ContractJson.read(ContractJson.write(largest), ExperimentStatus.class))
        .isEqualTo(largest);
  }

  @Test
  void eachSecondOfAPodCountsOnce() {
    Usage usage =
        Usage.NONE
            .with("a", 30, 2)
            .with("a", 60, 2)
            .with("a", 60, 2)
            .with("b", 5, 1)
            .with("b", 9, 1);

    assertThat(usage).isEqualTo(new Usage(69L, 129L, "b", 9L));
  }

  @Test
  void aResumeWithoutANewCheckpointIsInVain() {
    AttemptCounts counts =
        AttemptCounts.NONE.withResume(10).withResume(10).withResume(10).withResume(-1);

    assertThat(counts.fruitless()).isEqualTo(3);
    assertThat(counts.resumes()).isEqualTo(4);
    assertThat(counts.checkpoint()).isEqualTo(10);
    assertThat(counts.withResume(11).fruitless()).isZero();
  }
}
