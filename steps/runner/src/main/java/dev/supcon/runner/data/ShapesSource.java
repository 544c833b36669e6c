package dev.supcon.runner.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The embedded data sets {@code shapes} and {@code shapesNovel}: images told apart by an outline
 * while colour, place, scale, rotation and texture vary. Balanced classes; the textures of the test
 * part are not those of training.
 */
final class ShapesSource implements ImageSource {
  /** Raised whenever a pixel changes. */
  private static final int VERSION = 1;

  private static final int TRAIN = 4000;
  private static final int TEST = 1000;

  private final boolean novel;
  private final List<ShapeOutline> outlines;
  private final ShapePainter painter;

  ShapesSource(boolean novel, int side) {
    this.novel = novel;
    this.outlines = ShapeOutline.of(novel);
    this.painter = new ShapePainter(side);
  }

  /** What stands for a content hash: the same words make the same images. */
  static String digest(boolean novel) {
    return new Sha256().add((novel ? "shapesNovel" : "shapes") + " version " + VERSION).hex();
  }

  @Override
  public List<String> classNames() {
    return outlines.stream().map(ShapeOutline::word).toList();
  }

  @Override
  public List<Sample> samples() {
    return IntStream.range(0, TRAIN + TEST)
        .mapToObj(i -> new Sample("shape " + i, i % outlines.size(), i >= TRAIN))
        .toList();
  }

  @Override
  public String digest() {
    return digest(novel);
  }

  @Override
  public String decoder() {
    return "none";
  }

  @Override
  public void forEach(Visitor visitor) throws IOException {
    List<Sample> samples = samples();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      long key = CounterRandom.key(VERSION, novel ? 1 : 0, i);
      visitor.visit(i, () -> painter.paint(outlines.get(sample.label()), sample.test(), key));
    }
  }
}
