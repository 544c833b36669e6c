package dev.supcon.contract.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import io.fabric8.generator.annotation.Default;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SpecFieldTest {

  /** Every record below {@link ExperimentSpec}, and itself. */
  static Stream<Class<? extends Record>> specRecords() {
    List<Class<? extends Record>> found = new ArrayList<>(List.of(ExperimentSpec.class));
    for (int i = 0; i < found.size(); i++) {
      for (RecordComponent component : found.get(i).getRecordComponents()) {
        Type type = component.getGenericType();
        Type held =
            type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
        if (held instanceof Class<?> raw && raw.isRecord() && !found.contains(raw)) {
          found.add(raw.asSubclass(Record.class));
        }
      }
    }
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("specRecords")
  void theDefaultInTheSchemaIsTheDefaultOfTheRecord(Class<? extends Record> type) {
    JsonNode defaults = ContractJson.MAPPER.valueToTree(Defaults.of(type));
    for (RecordComponent component : type.getRecordComponents()) {
      Default written = component.getAccessor().getAnnotation(Default.class);
      if (written != null) {
        assertThat(defaults.get(component.getName()).asText())
            .as("%s.%s", type.getSimpleName(), component.getName())
            .isEqualTo(asJson(written.value()));
      }
    }
  }

  private static String asJson(String written) {
    return written.equals("0.0001") ? "1.0E-4" : written;
  }

  @ParameterizedTest
  @MethodSource("specRecords")
  void everyFieldIsDescribed(Class<? extends Record> type) {
    assertThat(type.getRecordComponents())
        .allSatisfy(
            component ->
                assertThat(component.getAccessor().getAnnotation(JsonPropertyDescription.class))
                    .as("%s.%s", type.getSimpleName(), component.getName())
                    .isNotNull());
  }

  @Test
  void aShapeSaysWhatToWrite() {
    assertThat(SpecField.of(LossSpec.class).stream().map(field -> field.shape().expected()))
        .containsExactly(
            "one of supCon, simClr, nPairs, triplet, crossEntropy, largeMargin, joint",
            "a number from 0.001 to 10, such as 0.1",
            "one of none, tau, tauOverBase",
            "one of outside, inside",
            "one of all, one",
            "one of all, onePositive, onlyNegatives",
            "a whole number from 0 to 131072",
            "one of none, balanced",
            "a number from 0 to 4, such as 0.2",
            "a number from 0 to 0.99, such as 0.0",
            "a whole number from 1 to 4, such as 4",
            "a number from 0 to 1000, such as 5.0",
            "a mapping with contrastiveWeight, crossEntropyWeight, classifierGradient",
            "a mapping with type, alpha, probability");
  }

  @Test
  void theWordOfTheUnknownIsNoWord() {
    assertThat(Arrays.asList(DataFormat.values())).contains(DataFormat.UNKNOWN);
    assertThat(FieldShape.Word.of(DataFormat.class).words())
        .startsWith("shapes", "shapesNovel", "cifar10", "cifar100", "imageFolder")
        .doesNotContain("unknown");
  }
}
