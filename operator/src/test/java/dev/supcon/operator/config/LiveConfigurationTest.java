package dev.supcon.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveConfigurationTest {
  @TempDir Path folder;

  @Test
  void aGoodFileIsTakenAndABadOneRefusedWhileTheOldOneHolds() throws IOException {
    Path file = folder.resolve("config.yaml");
    LiveConfiguration live = new LiveConfiguration(file);

    assertThat(live.reread()).isInstanceOf(LiveConfiguration.Change.Refused.class);
    assertThat(live.current().namespaces()).isEmpty();

    Files.writeString(file, ConfigurationFileTest.GOOD);
    assertThat(live.reread()).isInstanceOf(LiveConfiguration.Change.Taken.class);
    assertThat(live.reread()).isEqualTo(new LiveConfiguration.Change.None());

    Files.writeString(file, "runtimes: 3");
    assertThat(live.reread()).isInstanceOf(LiveConfiguration.Change.Refused.class);
    assertThat(live.reread()).isEqualTo(new LiveConfiguration.Change.None());
    assertThat(live.current().runtimes()).containsOnlyKeys("default", "gpu");

    Files.writeString(file, ConfigurationFileTest.GOOD);
    assertThat(live.reread()).isInstanceOf(LiveConfiguration.Change.Taken.class);
  }
}
