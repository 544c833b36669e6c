package dev.supcon.runner.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.spec.ViewSpec;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.data.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
  private static final int SIDE = 32;
  private static final Views VIEWS =
      new Views(new ViewSpec(0.2, 1.0, 0.5, 0.5, 0.8, 0.2, 0.0), SIDE, 1);

  @TempDir private Path folder;

  @Test
  void imagesOfASplitStandInRowsBesideTheirViewsThreeTimesTheirSize() throws IOException {
    byte[] pixels = new byte[10 * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (20 * (i / (SIDE * SIDE * 3)));
    }
    Path png = folder.resolve("made/views.png");
    ContactSheet.ofViews(PackedSplit.of(SIDE, pixels, new int[10]), VIEWS, 5, 4).write(png);
    BufferedImage sheet = ImageIO.read(png.toFile());
    assertThat(sheet.getWidth()).isEqualTo(8 + 5 * (96 + 8));
    assertThat(sheet.getHeight()).isEqualTo(8 + 5 * (96 + 8));
    assertThat(sheet.getRGB(0, 0) & 0xFFFFFF).as("margin").isEqualTo(0xFFFFFF);
    for (int row = 0; row < 5; row++) {
      int grey = sheet.getRGB(8 + 95, 8 + row * 104 + 95) & 255;
      assertThat(grey).as("original of image %d", 2 * row).isEqualTo(40 * row);
    }
  }

  @Test
  void viewsOfAPhotographCarryTheirOperations() {
    byte[] rgb = new byte[100 * 60 * 3];
    Arrays.fill(rgb, (byte) 90);
    Picture picture = new Picture(rgb, 100, 60);
    ContactSheet.ofViews(picture, VIEWS, 3).write(folder.resolve("views.png"));
    assertThat(folder.resolve("views.png")).isNotEmptyFile();
    DrawnView view =
        new DrawnView(
            new Crop(3, 4, 20, 10),
            true,
            new ColorJitter(0, 1.1, 0.9, 1.2, -0.05),
            List.of(
                new DrawnOperation(Operation.ROTATE, -12.5),
                new DrawnOperation(Operation.EQUALIZE, 0)),
            true,
            new DrawnWarp(11.5, 1),
            1.25);
    assertThat(view.words())
        .isEqualTo(
            "crop 20x10, at 3:4, flip, brightness 1.10, contrast 0.90, saturation 1.20, hue -0.05,"
                + " rotate -12.5°, equalize, grayscale, warp 11.5, blur 1.25");
  }
}
