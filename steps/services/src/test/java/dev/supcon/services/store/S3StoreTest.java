package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.loopback.LoopbackS3;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3StoreTest implements ObjectStoreContract {
  private final LoopbackS3 server = new LoopbackS3();
  private final ObjectStore store = Stores.open("s3://bucket/some/prefix/", server.environment());

  @Override
  public ObjectStore store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void aWriteWhoseAnswerIsLostIsThere() {
    server.fault(LoopbackS3.Fault.ANSWER_LOST);
    store.putIfAbsent("x", ObjectStoreContract.bytes("mine"));

    assertThat(content("x")).isEqualTo("mine");
  }

  @Test
  void aCutDownloadFails() {
    store.put("x", new byte[10_000]);
    server.fault(LoopbackS3.Fault.CUT);

    assertThatThrownBy(() -> readAll("x"))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_UNREACHABLE));
  }

  private byte[] readAll(String key) throws IOException {
    try (var in = store.open(key).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void aServerThatRecoversIsAskedAgain() {
    server.fault(LoopbackS3.Fault.BUSY_ONCE);

    assertThat(store.head("x")).isEmpty();
  }

  @Test
  void aFullServerIsSaidSo() {
    server.fault(LoopbackS3.Fault.FULL);

    assertThatThrownBy(() -> store.put("x", new byte[1]))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_SPACE))
        .hasMessageContaining("full");
  }

  @Test
  void noServerIsSaidSoWithItsAddressInOneSentence() {
    Map<String, String> environment = new HashMap<>(server.environment());
    environment.put("SUPCON_S3_ENDPOINT", "http://127.0.0.1:9");
    try (ObjectStore none = Stores.open("s3://bucket", environment)) {
      assertThatThrownBy(() -> none.head("x"))
          .isInstanceOfSatisfying(
              StepFailure.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_UNREACHABLE))
          .hasMessageContaining("http://127.0.0.1:9")
          .hasMessageContaining("SUPCON_S3_ENDPOINT")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void missingCredentialsAreNamed() {
    assertThatThrownBy(() -> Stores.open("s3://bucket", Map.of()))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining("SUPCON_S3_ACCESS_KEY");
  }

  @Test
  void theSecretIsNeverPrinted() {
    assertThat(S3Settings.of(server.environment()).toString()).doesNotContain("supcon-secret");
  }

  @Test
  void aPlaceThatIsNoStoreIsRefused() {
    assertThatThrownBy(() -> Stores.open("gs://bucket"))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
