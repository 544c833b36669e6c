package dev.supcon.runner.weights;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tensors of a network in what {@code torch.save} saved. */
final class StateDict {
  /** ImageNet's example, MoCo and timm; HobbitLong/SupContrast and torchvision's references. */
  private static final List<String> PLACES = List.of("state_dict", "model");

  private StateDict() {}

  /**
   * @throws IOException with what is wrong with the file, as the end of a sentence
   */
  static SortedMap<String, StoredTensor> of(TorchFile file) throws IOException {
    if (!(file.root() instanceof Map<?, ?> root)) {
      throw new IOException("it holds no dictionary; save a state_dict()");
    }
    List<String> places =
        PLACES.stream().filter(place -> root.get(place) instanceof Map<?, ?>).toList();
    if (places.size() > 1) {
      throw new IOException("it holds both state_dict and model; save one of the two alone");
    }
    Map<?, ?> tensors =
        !places.isEmpty() && root.get(places.getFirst()) instanceof Map<?, ?> map ? map : root;
    SortedMap<String, StoredTensor> stored = new TreeMap<>();
    for (Map.Entry<?, ?> entry : tensors.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof StridedTensor tensor)) {
        throw new IOException(
            "its entry %s is no tensor; save the state_dict() alone, or under the key state_dict"
                .formatted(shortened(String.valueOf(entry.getKey()))));
      }
      stored.put(name, new StoredTensor.Strided(tensor, file));
    }
    return stored;
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
