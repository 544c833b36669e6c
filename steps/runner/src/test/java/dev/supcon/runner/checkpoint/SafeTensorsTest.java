package dev.supcon.runner.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) {
    Path file = folder.resolve("a.safetensors");
    sample().write(file);
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"), Map.entry("x", "ü\""));
    assertThat(read.tensor("w").floats()).containsExactly(1.5f, -0.0f, Float.NaN);
    assertThat(read.tensor("w").shape()).containsExactly(3L, 1L);
    assertThat(read.tensor("n").longs()).containsExactly(Long.MIN_VALUE);
    assertThat(read.tensor("n").shape()).isEmpty();
    assertThat(read.tensor("d").doubles()).containsExactly(Math.PI, 0);
    assertThat(read.tensor("i").ints()).containsExactly(7);
    assertThat(read.tensor("empty").floats()).isEmpty();
  }

  @Test
  void headerIsSortedPaddedAndWithoutHoles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    sample().write(file);
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(length % 8).isZero();
    assertThat(new String(bytes, 8, length, UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\",\"x\":\"ü\\\"\"},"
                + "\"d\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]},"
                + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,4],\"data_offsets\":[24,24]},"
                + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[24,28]},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[28,40]}}");
    assertThat(bytes).hasSize(8 + length + 40);
  }

  @Test
  void everyTruncationIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.safetensors");
    sample().write(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> SafeTensors.read(file))
          .isInstanceOfSatisfying(
              StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
          .hasMessageContaining("is damaged");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> SafeTensors.read(file)).hasMessageContaining("goes on after");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|is not a JSON object",
        "{}}|is not JSON",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{}}|is not JSON",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|hole or overlap before tensor a",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|tensor a does not fit its place",
        "{'a':{'dtype':'F8_E5M2','shape':[4],'data_offsets':[0,4]}}|element type 'F8_E5M2'",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|a number that is no size",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}|a number that is no size",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}}|lacks its shape",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}|has no place",
        "{'a':3}|tensor a",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,4]}}|impossible shape",
        "{'__metadata__':{'a':1},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|not a string",
        "{'__metadata__':[],'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|not an object",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|hole or overlap before tensor b"
      })
  void damagedHeadersAreRefusedWithTheReason(String header, String reason, @TempDir Path folder)
      throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(UTF_8);
    Path file = folder.resolve("a.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());
    assertThatThrownBy(() -> SafeTensors.read(file)).hasMessageContaining(reason);
  }

  private static SafeTensors sample() {
    TreeMap<String, TensorBytes> tensors = new TreeMap<>();
    tensors.put("w", TensorBytes.of(new float[] {1.5f, -0.0f, Float.NaN}, 3, 1));
    tensors.put("n", TensorBytes.of(new long[] {Long.MIN_VALUE}));
    tensors.put("d", TensorBytes.of(new double[] {Math.PI, 0}, 2));
    tensors.put("i", TensorBytes.of(new int[] {7}, 1));
    tensors.put("empty", TensorBytes.of(new float[0], 0, 4));
    return new SafeTensors(Map.of("x", "ü\"", "format", "pt"), tensors);
  }
}
