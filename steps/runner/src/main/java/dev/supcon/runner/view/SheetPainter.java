package dev.supcon.runner.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Lays a contact sheet out on white. Small pictures are enlarged by a whole number, without
 * smoothing; sheets without words need no fonts.
 */
final class SheetPainter {
  private static final int MARGIN = 8;
  private static final int SMALLEST = 96;
  private static final int LINE = 14;

  private final int side;
  private final int zoom;
  private final List<List<ContactSheet.Cell>> rows;
  private final int across;
  private final int down;

  SheetPainter(int side, List<List<ContactSheet.Cell>> rows) {
    this.side = side;
    this.rows = rows;
    zoom = Math.max(1, Math.ceilDiv(SMALLEST, side));
    across = side * zoom + MARGIN;
    down =
        across + LINE * rows.stream().flatMap(List::stream).mapToInt(this::lines).max().orElse(0);
  }

  BufferedImage paint() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int width = MARGIN + columns * across;
    int height = MARGIN + rows.size() * down;
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        ContactSheet.Cell cell = rows.get(row).get(column);
        paintPixels(sheet, cell.rgb(), MARGIN + column * across, MARGIN + row * down);
        paintWords(graphics, cell, MARGIN + column * across, row * down + across);
      }
    }
    graphics.dispose();
    return sheet;
  }

  private void paintPixels(BufferedImage sheet, byte[] rgb, int left, int top) {
    for (int y = 0; y < side * zoom; y++) {
      for (int x = 0; x < side * zoom; x++) {
        int from = 3 * (y / zoom * side + x / zoom);
        int red = rgb[from] & 255;
        int green = rgb[from + 1] & 255;
        int blue = rgb[from + 2] & 255;
        sheet.setRGB(left + x, top + y, (red << 16) | (green << 8) | blue);
      }
    }
  }

  private void paintWords(Graphics2D graphics, ContactSheet.Cell cell, int left, int top) {
    if (lines(cell) == 0) {
      return;
    }
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LINE - 3));
    graphics.setColor(Color.DARK_GRAY);
    int baseline = top + LINE - 3;
    for (String line : cell.words().split(", ", -1)) {
      graphics.drawString(line, left, baseline);
      baseline += LINE;
    }
  }

  private int lines(ContactSheet.Cell cell) {
    return cell.words().isEmpty() ? 0 : cell.words().split(", ", -1).length;
  }
}
