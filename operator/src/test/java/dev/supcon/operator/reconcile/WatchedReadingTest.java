package dev.supcon.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

final class WatchedReadingTest {
  private final KubernetesSerialization serialization = serialization();

  private static KubernetesSerialization serialization() {
    ObjectMapper mapper = new ObjectMapper();
    KubernetesSerialization made = new ObjectCopies(mapper);
    new ObjectReading().customize(mapper);
    return made;
  }

  private WatchEvent event(String object) {
    return serialization.unmarshal(
        "{\"type\":\"MODIFIED\",\"object\":" + object + "}", WatchEvent.class);
  }

  @Test
  void aJobAndAPodAreReadAsTheyCome() {
    WatchEvent job =
        event(
            """
            {"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"a","uid":"u",
             "managedFields":[{"manager":"m","fieldsV1":{"f:spec":{}}}]},
             "status":{"conditions":[{"type":"Complete","status":"True"}]}}
            """);
    WatchEvent pod =
        event("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}");

    assertThat(job.getType()).isEqualTo("MODIFIED");
    assertThat(job.getObject())
        .isInstanceOfSatisfying(
            Job.class,
            read -> {
              assertThat(read.getKind()).isEqualTo("Job");
              assertThat(read.getMetadata().getUid()).isEqualTo("u");
              assertThat(read.getMetadata().getManagedFields()).isEmpty();
              assertThat(JobEnds.end(read)).isPresent();
            });
    assertThat(pod.getObject())
        .isInstanceOfSatisfying(
            Pod.class, read -> assertThat(read.getMetadata().getName()).isEqualTo("b"));
  }

  @Test
  void otherObjectsAndOtherOrdersAreReadToo() {
    assertThat(
            event("{\"metadata\":{\"name\":\"b\"},\"apiVersion\":\"v1\",\"kind\":\"Pod\"}")
                .getObject())
        .isInstanceOf(Pod.class);
    assertThat(
            event("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"a\":\"b\"}}")
                .getObject())
        .isInstanceOfSatisfying(
            ConfigMap.class, read -> assertThat(read.getData()).containsEntry("a", "b"));
    assertThat(event("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":410}").getObject())
        .isInstanceOfSatisfying(Status.class, read -> assertThat(read.getCode()).isEqualTo(410));
  }
}
