package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of data on every S3 server. */
interface S3FilesContract {

  /** Where a client finds the server. */
  Map<String, String> environment();

  /** A bucket and a folder in it that no other test uses. */
  String place();

  /** Writes an object, its name relative to the place. */
  void put(String name, byte[] bytes);

  private S3Files open(String below) {
    return S3Files.open("s3://" + place() + below, environment());
  }

  private S3Listing list(String below) {
    try (S3Files files = open(below)) {
      return files.list();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  default void aFolderIsAllBelowItAndNothingBesideIt() {
    for (String name :
        new String[] {"pets/train/cat/1.png", "pets/test/dog/ä (2).png", "pets2/x"}) {
      put(name, bytes(name));
    }

    S3Listing listing = list("/pets/");

    assertThat(listing.files())
        .extracting(S3Listing.File::name)
        .containsExactlyInAnyOrder("train/cat/1.png", "test/dog/ä (2).png");
    assertThat(listing.files()).extracting(S3Listing.File::size).contains(20L);
  }

  @Test
  default void theDigestIsThatOfTheSortedLinesOfNameSizeAndEtag() throws NoSuchAlgorithmException {
    put("d/b", bytes("bb"));
    put("d/a", bytes("a"));
    S3Listing listing = list("/d");

    String lines =
        listing.files().stream()
            .map(file -> file.name() + "\t" + file.size() + "\t" + file.etag() + "\n")
            .sorted()
            .collect(Collectors.joining());
    assertThat(lines).startsWith("a\t1\t").contains("\nb\t2\t");
    assertThat(listing.digest())
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(lines))));
  }

  @Test
  default void theDigestKnowsContentAndNamesButNoPlace() {
    put("one/a", bytes("same"));
    put("other/a", bytes("same"));
    put("changed/a", bytes("else"));
    put("renamed/b", bytes("same"));

    assertThat(list("/other").digest()).isEqualTo(list("/one").digest());
    assertThat(list("/changed").digest()).isNotEqualTo(list("/one").digest());
    assertThat(list("/renamed").digest()).isNotEqualTo(list("/one").digest());
  }

  @Test
  default void aFileIsItself(@TempDir Path folder) throws IOException {
    put("pets.tar", bytes("a tar"));
    put("pets.tar.md5", bytes("its sum"));
    try (S3Files files = open("/pets.tar")) {
      S3Listing listing = files.list();
      assertThat(listing.files()).extracting(S3Listing.File::name).containsExactly("");
      files.download(listing.files().getFirst(), folder.resolve("new/pets.tar"));
    }

    assertThat(folder.resolve("new/pets.tar")).hasContent("a tar");
  }

  @Test
  default void anObjectThatChangedSinceItWasListedIsRefused(@TempDir Path folder) {
    put("c/a", bytes("before"));
    try (S3Files files = open("/c")) {
      S3Listing.File listed = files.list().files().getFirst();
      put("c/a", bytes("after."));
      refused(ExitCode.DATA, () -> files.download(listed, folder.resolve("a")), "a has changed");
    }
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  default void anEmptyFolderIsOneToo(@TempDir Path folder) {
    put("e/train/cat/", new byte[0]);
    put("e/x", new byte[0]);

    assertThat(list("/e").files())
        .extracting(S3Listing.File::name)
        .containsExactlyInAnyOrder("train/cat/", "x");
  }

  @Test
  default void whereNothingLiesIsNoInput() {
    refused(ExitCode.NO_INPUT, () -> list("/nowhere"), "Nothing lies at s3://", "nowhere");
  }

  @Test
  default void aBucketThatIsNotThereIsNoInput() {
    refused(
        ExitCode.NO_INPUT,
        () -> S3Files.open("s3://no-such-bucket/pets", environment()).list(),
        "The bucket no-such-bucket does not exist");
  }

  @Test
  default void withoutCredentialsTheVariablesAreNamed() {
    Map<String, String> environment = new HashMap<>(environment());
    environment.remove("SUPCON_S3_ACCESS_KEY");
    environment.remove("AWS_ACCESS_KEY_ID");
    refused(
        ExitCode.CONFIGURATION,
        () -> S3Files.open("s3://" + place(), environment),
        "SUPCON_S3_ACCESS_KEY");
  }

  @Test
  default void aServerThatDoesNotAnswerIsNamed() {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("SUPCON_S3_ENDPOINT", "http://127.0.0.1:9");
    refused(
        ExitCode.STORE_UNREACHABLE,
        () -> S3Files.open("s3://" + place(), environment).list(),
        "http://127.0.0.1:9 does not answer");
  }

  @Test
  default void aWholeBucketIsNoPlace() {
    refused(ExitCode.USAGE, () -> S3Files.open("s3://bucket", environment()), "s3://bucket/folder");
  }

  private static void refused(ExitCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
