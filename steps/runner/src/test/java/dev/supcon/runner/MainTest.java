package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.runner.local.StopSignal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter errors = new StringWriter();
  private final CommandLine main =
      Main.commandLine(new StopSignal())
          .setOut(new PrintWriter(new StringWriter()))
          .setErr(new PrintWriter(errors, true));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bench                                                 | Missing required subcommand
          bench train --rounds 0                                | --rounds and --steps are at least 1
          bench loss --steps 0                                  | --rounds and --steps are at least 1
          bench train --width 5                                  | --width is 5.0; write 0.125 to 4.0
          bench train --width wide                              | --width
          views a.png --size 4 --out b.png                      | --size is 4; write 8 to 1024
          views a.png --count 0 --out b.png                     | --count is 0; write 1 to 99
          corrupt a.png --type contrast --severity 6 --out b.png | --severity is 6; write 1, 2, 3, 4 or 5
          corrupt a.png --type jpegs --severity 1 --out b.png   | --type is jpegs; write one of gaussianNoise, shotNoise
          corrupt a.png --type frost --severity 1 --out b.png   | --type is frost, whose photographs are not shipped; write
          """)
  void aWrongCommandLineIsAUsageErrorThatSaysWhatToWrite(String line, String sentence) {
    assertThat(main.execute(line.split(" "))).isEqualTo(64);
    assertThat(errors.toString()).contains(sentence);
  }

  @Test
  void viewsAndCorruptionsOfAnImageArePictures() throws IOException {
    String image = image().toString();
    Path views = folder.resolve("views.png");
    Path corrupted = folder.resolve("sheets/corrupted.png");

    assertThat(main.execute("views", image, "--size", "32", "--out", views.toString())).isZero();
    assertThat(main.execute(corrupt(image, corrupted))).isZero();

    assertThat(ImageIO.read(views.toFile())).isNotNull();
    assertThat(ImageIO.read(corrupted.toFile())).isNotNull();
  }

  @Test
  void aPictureThatCannotBeWrittenIsOneSentence() throws IOException {
    Path blocked = Files.createFile(folder.resolve("file")).resolve("corrupted.png");

    assertThat(main.execute(corrupt(image().toString(), blocked))).isEqualTo(73);
    assertThat(errors.toString().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("cannot be written");
  }

  private Path image() throws IOException {
    Path image = folder.resolve("image.png");
    ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    return image;
  }

  private static String[] corrupt(String image, Path out) {
    return ("corrupt " + image + " --type contrast --severity 3 --size 32 --out " + out).split(" ");
  }
}
