package dev.supcon.runner.view;

import dev.supcon.runner.data.CounterRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * One draw of a colour jitter: four changes in random order.
 *
 * @param order which of the 24 orders, by index into {@link #ORDERS}
 * @param brightness factor, of which the authors' code adds what is above 1; 1 changes nothing
 * @param contrast factor; 1 changes nothing
 * @param saturation factor; 1 changes nothing
 * @param hue turn of the colour circle in [-0.5, 0.5]
 */
record ColorJitter(int order, double brightness, double contrast, double saturation, double hue) {

  /** What a jitter may change. */
  enum Change {
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    HUE
  }

  /** All permutations of the changes. */
  static final List<List<Change>> ORDERS = permutations();

  static final ColorJitter NONE = new ColorJitter(0, 1, 1, 1, 0);

  /**
   * Reads the key from position 1 on. Factors U(max(0, 1 - 0.8 s), 1 + 0.8 s), hue U(-0.2 s, 0.2 s)
   * (paper section 3.1, SimCLR).
   */
  static ColorJitter random(long key, double strength) {
    double colour = 0.8 * strength;
    return new ColorJitter(
        CounterRandom.below(key, 1, ORDERS.size()),
        factor(CounterRandom.uniform(key, 2), colour),
        factor(CounterRandom.uniform(key, 3), colour),
        factor(CounterRandom.uniform(key, 4), colour),
        (2 * CounterRandom.uniform(key, 5) - 1) * 0.2 * strength);
  }

  /** The changes in their order, for people. */
  String words() {
    List<String> words = new ArrayList<>();
    for (Change change : ORDERS.get(order)) {
      double amount =
          switch (change) {
            case BRIGHTNESS -> brightness;
            case CONTRAST -> contrast;
            case SATURATION -> saturation;
            case HUE -> hue;
          };
      words.add(
          String.format(Locale.ROOT, "%s %.2f", change.name().toLowerCase(Locale.ROOT), amount));
    }
    return String.join(", ", words);
  }

  private static double factor(double fraction, double strength) {
    double low = Math.max(0, 1 - strength);
    return low + (1 + strength - low) * fraction;
  }

  private static List<List<Change>> permutations() {
    ArrayList<List<Change>> all = new ArrayList<>();
    for (Change first : Change.values()) {
      for (Change second : Change.values()) {
        for (Change third : Change.values()) {
          for (Change fourth : Change.values()) {
            List<Change> order = List.of(first, second, third, fourth);
            if (EnumSet.copyOf(order).size() == order.size()) {
              all.add(order);
            }
          }
        }
      }
    }
    return List.copyOf(all);
  }
}
