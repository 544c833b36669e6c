package dev.supcon.runner.weights;

import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.network.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which tensor of a file is which of an encoder's.
 *
 * @param tensors by the encoder's names
 * @param faults what is missing, too much, or of another shape
 */
record EncoderMatch(SortedMap<String, StoredTensor> tensors, List<String> faults) {
  private static final int NAMED = 3;
  private static final Set<ElementType> FLOATS =
      EnumSet.of(ElementType.F64, ElementType.F32, ElementType.F16, ElementType.BF16);

  static EncoderMatch of(List<TensorSpec> wanted, Map<String, StoredTensor> file)
      throws IOException {
    SortedMap<String, StoredTensor> found = new TreeMap<>();
    for (Map.Entry<String, StoredTensor> entry : file.entrySet()) {
      String ours = EncoderNames.of(entry.getKey()).orElse("");
      if (!ours.isEmpty() && found.put(ours, entry.getValue()) != null) {
        throw new IOException("it holds %s twice, under two names".formatted(ours));
      }
    }
    List<String> missing = new ArrayList<>();
    List<String> other = new ArrayList<>();
    SortedMap<String, StoredTensor> tensors = new TreeMap<>();
    for (TensorSpec spec : wanted) {
      StoredTensor tensor = found.remove(spec.name());
      if (tensor == null) {
        missing.add(spec.name());
      } else if (!tensor.shape().equals(spec.shape()) || !FLOATS.contains(tensor.type())) {
        other.add(
            "%s %s%s instead of %s"
                .formatted(spec.name(), tensor.type(), tensor.shape(), spec.shape()));
      } else {
        tensors.put(spec.name(), tensor);
      }
    }
    List<String> faults = new ArrayList<>();
    say(faults, "lacks", missing);
    say(faults, "has besides", List.copyOf(found.keySet()));
    say(faults, "has with another shape or type", other);
    return new EncoderMatch(tensors, faults);
  }

  private static void say(List<String> faults, String verb, List<String> names) {
    if (!names.isEmpty()) {
      String first =
          String.join(", ", names.stream().limit(NAMED).map(EncoderMatch::shortened).toList());
      String rest = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
      faults.add(verb + " " + first + rest);
    }
  }

  private static String shortened(String name) {
    return name.length() > 120 ? name.substring(0, 120) + "…" : name;
  }

  /**
   * @throws IOException when a tensor does not fit
   */
  void requireWhole() throws IOException {
    if (!faults.isEmpty()) {
      throw new IOException(
          "it is of another network, as it %s; write the architecture, stem, width and variant that it has"
              .formatted(String.join("; it ", faults)));
    }
  }
}
