package dev.supcon.runner.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingStateTest {
  @Test
  void everythingComesBack(@TempDir Path folder) {
    state().save(folder);
    TrainingState read = TrainingState.load(folder, "abc");
    assertThat(read.position()).isEqualTo(state().position());
    assertThat(read.monitor()).isEqualTo(state().monitor());
    assertThat(read.profiles()).containsExactly("2 threads");
    assertThat(read.tensors()).isEqualTo(state().tensors());
  }

  @Test
  void anotherRunsStateIsRefused(@TempDir Path folder) {
    state().save(folder);
    assertThatThrownBy(() -> TrainingState.load(folder, "xyz"))
        .isInstanceOfSatisfying(
            StepFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining("abc")
        .hasMessageContaining("xyz");
  }

  @Test
  void anUnknownFormatIsRefused(@TempDir Path folder) throws IOException {
    state().save(folder);
    Path words = folder.resolve("state.json");
    Files.writeString(words, Files.readString(words).replace("\"format\":1", "\"format\":2"));
    assertThatThrownBy(() -> TrainingState.load(folder, "abc")).hasMessageContaining("format 2");
  }

  @Test
  void aDamagedStateIsCalledCorrupt(@TempDir Path folder) throws IOException {
    state().save(folder);
    Path tensors = folder.resolve("state.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    Files.write(tensors, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> TrainingState.load(folder, "abc"))
        .isInstanceOfSatisfying(
            StepFailure.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CORRUPT_CHECKPOINT));
    Files.writeString(folder.resolve("state.json"), "{\"format\":1,");
    assertThatThrownBy(() -> TrainingState.load(folder, "abc"))
        .isInstanceOfSatisfying(
            StepFailure.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CORRUPT_CHECKPOINT));
  }

  private static TrainingState state() {
    TreeMap<String, TensorBytes> tensors = new TreeMap<>();
    tensors.put("w", TensorBytes.of(new float[] {0.1f, 0.2f}, 2));
    return new TrainingState(
        "abc",
        List.of("2 threads"),
        new TrainingState.Position(12, 1, 2, 3.25),
        Map.of("lossSum", 1 / 3.0),
        tensors);
  }
}
