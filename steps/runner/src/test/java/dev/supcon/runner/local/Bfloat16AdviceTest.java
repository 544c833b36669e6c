package dev.supcon.runner.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.StepRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Bfloat16AdviceTest {
  @TempDir private Path folder;

  @Test
  void aProcessorWithoutTheInstructionsIsToldToUseFp32() throws IOException {
    assertThat(advice("bf16", "flags : fpu avx2 avx512f avx512_vnni"))
        .hasValueSatisfying(said -> assertThat(said).contains("spec.encoder.precision: fp32"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"flags : fpu avx512f avx512_bf16", "flags : amx_bf16", "Features : asimd bf16"})
  void aProcessorWithThemIsNot(String flags) throws IOException {
    assertThat(advice("bf16", flags)).isEmpty();
  }

  @Test
  void trainingInFp32HasNothingToBeTold() throws IOException {
    assertThat(advice("fp32", "flags : fpu avx2")).isEmpty();
  }

  @Test
  void anUnknownProcessorIsNotJudged() throws IOException {
    assertThat(advice("bf16", "model name : something")).isEmpty();
    assertThat(Bfloat16Advice.of(pretrain("bf16"), folder.resolve("absent"))).isEmpty();
  }

  private Optional<String> advice(String precision, String line) throws IOException {
    Path processor = Files.writeString(folder.resolve("cpuinfo"), "processor : 0\n" + line + "\n");
    return Bfloat16Advice.of(pretrain(precision), processor);
  }

  private static StepRequest pretrain(String precision) throws JsonProcessingException {
    return ContractJson.read(
        """
        {"kind": "pretrain", "encoder": {"precision": "%s"}}"""
            .formatted(precision),
        StepRequest.class);
  }
}
