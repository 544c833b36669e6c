package dev.supcon.runner.data;

/** Where a shape lies in the unit square: rotated, stretched, scaled and moved. */
record ShapePose(double x, double y, double cos, double sin, double width, double height) {

  static ShapePose draw(Draws draws) {
    double size = draws.between(0.3, 0.44);
    double stretch = draws.between(0.88, 1.14);
    double angle = draws.between(0, 2 * StrictMath.PI);
    double margin = 0.9 * size;
    return new ShapePose(
        draws.between(margin, 1 - margin),
        draws.between(margin, 1 - margin),
        StrictMath.cos(angle),
        StrictMath.sin(angle),
        size * stretch,
        size / stretch);
  }

  boolean covers(ShapeOutline outline, double atX, double atY) {
    double dx = atX - x;
    double dy = atY - y;
    if (dx * dx + dy * dy > 2 * width * height) {
      return false; // every outline lies in a circle of radius 1.1
    }
    return outline.contains((cos * dx + sin * dy) / width, (cos * dy - sin * dx) / height);
  }
}
