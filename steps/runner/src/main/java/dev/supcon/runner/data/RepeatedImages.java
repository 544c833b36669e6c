package dev.supcon.runner.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Images of a data set that are equal, pixel by pixel, as they are packed.
 *
 * @param copies how many images there are less without the repetitions
 * @param leaked test images that are in the training part or the holdout, too: a net may know their
 *     labels by heart
 * @param contradictory images of which an equal one has another label
 */
public record RepeatedImages(int copies, List<Twins> leaked, List<Twins> contradictory) {
  private static final int SHOWN = 3;

  public RepeatedImages {
    leaked = List.copyOf(leaked);
    contradictory = List.copyOf(contradictory);
  }

  /** Two images that are equal, by their names in the source. */
  public record Twins(String image, String other) {}

  /** All of it on a line. */
  public String words() {
    if (copies == 0) {
      return "none";
    }
    List<String> words = new ArrayList<>();
    words.add(String.format(Locale.ROOT, "copies of other images: %,d", copies));
    tell(words, "test images that are learnt from, too", leaked);
    tell(words, "with another label", contradictory);
    return String.join("; ", words);
  }

  private static void tell(List<String> words, String what, List<Twins> twins) {
    if (!twins.isEmpty()) {
      String first =
          twins.stream()
              .limit(SHOWN)
              .map(pair -> pair.image() + " = " + pair.other())
              .collect(Collectors.joining(", "));
      String more = twins.size() > SHOWN ? ", …" : "";
      words.add(String.format(Locale.ROOT, "%s: %,d (%s%s)", what, twins.size(), first, more));
    }
  }
}
