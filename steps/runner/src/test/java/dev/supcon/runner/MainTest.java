package dev.supcon.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.runner.local.StopSignal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
  @TempDir private Path folder = Path.of("");
  @TempDir private Path other = Path.of("");

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private final CommandLine main =
      Main.commandLine(new StopSignal())
          .setOut(new PrintWriter(output, true))
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
          data                                                  | Missing required subcommand
          data fetch mnist                                      | mnist is no address and none of cifar10, cifar100, food101, fgvc-aircraft
          data fetch https://example.org/a.tar                  | --sha256 is not there; write the 64 hexadecimal digits
          data fetch https://example.org/a.tar --sha256 12      | --sha256 is 12; write the 64 hexadecimal digits
          data inspect a --format food                          | data.format: is not a known word; write one of shapes
          data inspect a --format shapes                        | data.path: is written for an embedded data set
          data inspect a --format cifar10 --size 64             | data.imageSize: is 64, but CIFAR has images of 32 x 32
          data inspect a --holdout 0                            | data.holdout: is 0, out of range
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

  @Test
  void anInspectionSaysWhatTheSetHoldsAndEndsWithTheFaultsNamed() throws IOException {
    copiesOfAnImage();
    Files.writeString(folder.resolve("test/b/1.png"), "no image");

    assertThat(main.execute("data", "inspect", folder.toString())).isEqualTo(65);

    assertThat(output.toString().replaceAll(" +", " "))
        .contains("train 3 1 (b) 2 (a)", "holdout 2 1 (every class)", "classes 2: a, b")
        .contains("pixels 32 x 32, mean 0.0000 0.0000 0.0000, standard deviation 0.0000")
        .contains("equal copies of other images: 5; test images that are learnt from, too: 1 (")
        .contains("damaged 1 images", "test/b/1.png is no JPEG");
  }

  @Test
  void anInspectionAsJsonIsOneObject() throws IOException {
    copiesOfAnImage();
    assertThat(main.execute("data", "inspect", "--json", folder.toString())).isZero();
    JsonNode json = ContractJson.MAPPER.readTree(output.toString());
    assertThat(json.at("/classCounts/test").toString()).isEqualTo("[1,1]");
    assertThat(json.at("/repeated/leaked")).hasSize(2);
    assertThat(json.at("/faults")).isEmpty();
  }

  private void copiesOfAnImage() throws IOException {
    for (String name : List.of("train/a/1", "train/a/2", "train/a/3", "train/b/1", "train/b/2")) {
      copyOfImage(name);
    }
    copyOfImage("test/a/1");
    copyOfImage("test/b/1");
  }

  private void copyOfImage(String name) throws IOException {
    Path copy = folder.resolve(name + ".png");
    Files.createDirectories(copy.getParent());
    Files.copy(image(), copy);
  }

  private Path image() throws IOException {
    Path image = other.resolve("image.png");
    ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    return image;
  }

  private static String[] corrupt(String image, Path out) {
    return ("corrupt " + image + " --type contrast --severity 3 --size 32 --out " + out).split(" ");
  }
}
