package dev.supcon.runner.view;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.data.PackedSplit;
import dev.supcon.runner.data.Picture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Pictures in rows, for people: the original first, what was made of it beside it. */
public final class ContactSheet {
  private final int side;
  private final List<List<Cell>> rows;

  /**
   * One picture with the words under it.
   *
   * @param rgb [side, side, 3] uint8
   * @param words a line for each part between commas; may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Drawn once; never compared.
  public record Cell(byte[] rgb, String words) {}

  /**
   * @param side of every picture, in pixels
   */
  public ContactSheet(int side, List<List<Cell>> rows) {
    this.side = side;
    this.rows = rows.stream().map(List::copyOf).toList();
  }

  /** Views of the first epoch of some images, spread over the split; without words. */
  public static ContactSheet ofViews(
      PackedSplit split, Views views, int images, int viewsPerImage) {
    int shown = Math.min(images, split.size());
    List<List<Cell>> rows =
        IntStream.range(0, shown)
            .map(row -> (int) ((long) row * split.size() / shown))
            .mapToObj(sample -> row(split, views, sample, viewsPerImage))
            .toList();
    return new ContactSheet(split.side(), rows);
  }

  private static List<Cell> row(PackedSplit split, Views views, int sample, int viewsPerImage) {
    List<Cell> row = new ArrayList<>(List.of(new Cell(split.image(sample), "")));
    for (int view = 0; view < viewsPerImage; view++) {
      byte[] pixels = new byte[split.imageBytes()];
      views.draw(split.image(sample), new ViewId(0, sample, view), pixels, 0);
      row.add(new Cell(pixels, ""));
    }
    return row;
  }

  /** One picture, then views of it with the operations drawn for each. */
  public static ContactSheet ofViews(Picture picture, Views views, int count) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(picture.fitted(views.side()).rgb(), "original"));
    for (int view = 0; view < count; view++) {
      ViewId id = new ViewId(0, 0, view);
      byte[] pixels = new byte[3 * views.side() * views.side()];
      views.draw(picture, id, pixels, 0);
      cells.add(new Cell(pixels, views.drawn(picture, id).words()));
    }
    int perRow = (int) Math.ceil(Math.sqrt(cells.size()));
    List<List<Cell>> rows = new ArrayList<>();
    for (int from = 0; from < cells.size(); from += perRow) {
      rows.add(cells.subList(from, Math.min(cells.size(), from + perRow)));
    }
    return new ContactSheet(views.side(), rows);
  }

  /**
   * Writes the sheet as PNG.
   *
   * @throws StepFailure NO_SPACE when the file cannot be written
   */
  public void write(Path png) {
    try {
      Path parent = png.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      // ImageIO given a file that it cannot open prints a stack trace; a stream says it once.
      try (OutputStream out = Files.newOutputStream(png)) {
        if (!ImageIO.write(new SheetPainter(side, rows).paint(), "png", out)) {
          throw new IOException("this JDK writes no PNG");
        }
      }
    } catch (IOException e) {
      throw new StepFailure(ExitCode.NO_SPACE, png + " cannot be written: " + e.getMessage(), e);
    }
  }
}
