package dev.supcon.runner;

import dev.supcon.runner.data.CounterRandom;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** An experiment of all five kinds of step that runs in about a second, on images made here. */
final class TinyExperiment {
  private static final List<String> CLASSES = List.of("across", "down", "flat");
  private static final int SIDE = 32;

  private TinyExperiment() {}

  /** Makes {@code images/} and {@code tiny.yaml} in a folder; returns the file. */
  static Path write(Path folder, int imagesPerClass) throws IOException {
    return write(folder, imagesPerClass, 4);
  }

  /** The same with more images to be tested on. */
  static Path write(Path folder, int imagesPerClass, int testImagesPerClass) throws IOException {
    Path images = folder.resolve("images");
    for (int label = 0; label < CLASSES.size(); label++) {
      for (int i = 0; i < imagesPerClass; i++) {
        image(images.resolve("train"), label, i, 0);
      }
      for (int i = 0; i < testImagesPerClass; i++) {
        image(images.resolve("test"), label, 10_000 + i, 0);
      }
    }
    return Files.writeString(
        folder.resolve("tiny.yaml"), TEXT.replace("IMAGES", images.toString()));
  }

  /** Another picture in the place of one that {@link #write} made. */
  static void changeOneImage(Path folder) throws IOException {
    image(folder.resolve("images/train"), 0, 0, 1);
  }

  private static void image(Path part, int label, int number, int version) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    long key = CounterRandom.key(label, number, version);
    for (int at = 0; at < SIDE * SIDE; at++) {
      int along = label == 0 ? at % SIDE : label == 1 ? at / SIDE : 0;
      double value = 128 + 90 * StrictMath.sin(along) + 15 * CounterRandom.normal(key, at);
      int grey = (int) Math.clamp(Math.round(value), 0, 255);
      image.setRGB(at % SIDE, at / SIDE, grey << 16 | grey << 8 | grey);
    }
    Path folder = Files.createDirectories(part.resolve(CLASSES.get(label)));
    ImageIO.write(image, "png", folder.resolve(number + ".png").toFile());
  }

  private static final String TEXT =
      """
      apiVersion: supcon.dev/v1alpha1
      kind: SupConExperiment
      metadata:
        name: tiny
      spec:
        data:
          name: tiny
          path: IMAGES
          imageSize: 32
          holdout: 0.2
        encoder:
          architecture: resnet18
          width: 0.125
          precision: fp32 # bf16 takes ten times as long where the processor lacks its instructions
        projection:
          hidden: [16]
          dimension: 8
        pretrain:
          batchSize: 8
          epochs: 2
          warmupEpochs: 0
          optimizer:
            learningRate: 0.05
          knn:
            everyEpochs: 1
          checkpointSeconds: 1
        linear:
          epochs: 2
          batchSize: 8
          learningRates: [0.1, 1.0]
        corruption:
          types: [contrast]
          severities: [1, 5]
        transfer:
          - data:
              name: tiny-again
              path: IMAGES
              imageSize: 32
              holdout: 0.2
      """;
}
