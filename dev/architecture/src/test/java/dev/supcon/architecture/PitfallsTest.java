package dev.supcon.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/pitfalls.md names tests that exist, and says where there is none. */
final class PitfallsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| ([^|]+) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyPitfallHasATestOrIsOpen() throws IOException {
    assertThat(rows().stream().map(row -> Integer.valueOf(row.group(1))))
        .isEqualTo(IntStream.rangeClosed(1, 25).boxed().toList());
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(row.group(2))
                    .as(row.group(1))
                    .matches(tests -> NAMED.matcher(tests).find() || tests.contains("**open**")));
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, String> sources = testSources();
    for (MatchResult row : rows()) {
      for (MatchResult named : NAMED.matcher(row.group(2)).results().toList()) {
        assertThat(sources.getOrDefault(named.group(1), ""))
            .as(named.group())
            .contains("\n  void " + named.group(2) + "(");
      }
    }
  }

  private static List<MatchResult> rows() throws IOException {
    return ROW.matcher(Repository.text("docs/pitfalls.md")).results().toList();
  }

  /** By the names of their classes. */
  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path module : OurClasses.modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }
}
