package dev.supcon.runner.data;

import dev.supcon.contract.spec.DataFormat;
import dev.supcon.contract.step.EmbeddedData;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The embedded data sets {@code shapes} and {@code shapesNovel}: images told apart by an outline
 * while colour, place, scale, rotation and texture vary. Balanced classes; the textures of the test
 * part are not those of training.
 */
final class ShapesSource implements ImageSource {
  private static final int VERSION = EmbeddedData.VERSION;

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
    return EmbeddedData.digest(novel ? DataFormat.SHAPES_NOVEL : DataFormat.SHAPES);
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
