package dev.supcon.runner.weights;

import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.weights.Unpickler.Tuple;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the classes and functions mean that a checkpoint may name (PyTorch's own list is in {@code
 * torch/_weights_only_unpickler.py}); every other one is refused by its name.
 */
final class TorchObjects {
  /** An object of a class whose content nobody needs, such as the options of a training program. */
  record Inert(String type) {}

  private record Named(String name) {}

  private static final Map<String, ElementType> STORAGES =
      Map.ofEntries(
          Map.entry("DoubleStorage", ElementType.F64),
          Map.entry("FloatStorage", ElementType.F32),
          Map.entry("HalfStorage", ElementType.F16),
          Map.entry("BFloat16Storage", ElementType.BF16),
          Map.entry("LongStorage", ElementType.I64),
          Map.entry("IntStorage", ElementType.I32),
          Map.entry("ShortStorage", ElementType.I16),
          Map.entry("CharStorage", ElementType.I8),
          Map.entry("ByteStorage", ElementType.U8),
          Map.entry("BoolStorage", ElementType.BOOL));

  private static final String DICTIONARY = "collections.OrderedDict";
  private static final String NAMESPACE = "argparse.Namespace";
  private static final String PARAMETER = "torch.nn.parameter.Parameter"; // before PyTorch 0.4

  private static final int MOST_DIMENSIONS = 8;
  private static final int MOST_PAIRS = 1_000_000;

  private final Map<String, Storage> storages = new HashMap<>();
  private int pairs;

  /** Every storage that was named. */
  Collection<Storage> storages() {
    return storages.values();
  }

  /** A class or function. */
  Object named(String module, String name) throws IOException {
    String full = module + "." + name;
    return switch (full) {
      case DICTIONARY,
          NAMESPACE,
          PARAMETER,
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_parameter" ->
          new Named(full);
      default -> {
        ElementType type = module.startsWith("torch") ? STORAGES.get(name) : null;
        if (type == null || !(module.equals("torch") || module.equals("torch.cuda"))) {
          throw new IOException(
              "it holds a %s, and only tensors, numbers, texts and their collections are read; save the model's state_dict() alone"
                  .formatted(full));
        }
        yield type;
      }
    };
  }

  /** What a function or class makes of its arguments. */
  Object made(Object callable, Object arguments) throws IOException {
    if (!(callable instanceof Named known) || !(arguments instanceof Tuple given)) {
      throw new IOException("its pickle calls what cannot be called");
    }
    return switch (known.name()) {
      case DICTIONARY -> dictionary(given);
      case NAMESPACE -> new Inert(NAMESPACE);
      case PARAMETER, "torch._utils._rebuild_parameter" -> tensor(argument(given, 0));
      default -> strided(given);
    };
  }

  /** An OrderedDict of nothing, or of Python 2's list of pairs. */
  private Map<Object, Object> dictionary(Tuple given) throws IOException {
    LinkedHashMap<Object, Object> map = new LinkedHashMap<>();
    if (given.items().isEmpty()) {
      return map;
    }
    if (!(given.items().getFirst() instanceof List<?> list)) {
      throw new IOException("its pickle makes a dictionary of what is no list");
    }
    pairs += list.size(); // one list can be named again and again
    if (pairs > MOST_PAIRS) {
      throw new IOException("its pickle makes more than a million pairs");
    }
    for (Object entry : list) {
      List<?> pair = entry instanceof Tuple tuple ? tuple.items() : List.of();
      pair = entry instanceof List<?> items ? items : pair;
      if (pair.size() != 2) {
        throw new IOException("its pickle makes a dictionary of what are no pairs");
      }
      put(map, pair.getFirst(), pair.getLast());
    }
    return map;
  }

  /** Keys are texts and numbers: others could be deep, and are never needed. */
  @SuppressWarnings("unchecked") // maps are made here and by the unpickler
  static void put(Map<?, ?> map, Object key, Object value) throws IOException {
    if (!(key instanceof String || key instanceof Number)) {
      throw new IOException("its pickle has a dictionary whose keys are neither texts nor numbers");
    }
    if (((Map<Object, Object>) map).put(key, value) != null) {
      throw new IOException("its pickle has a dictionary with the key %s twice".formatted(key));
    }
  }

  /** A persistent id: ('storage', type, key, location, elements), and None for a view. */
  Storage storage(Object id) throws IOException {
    if (!(id instanceof Tuple tuple)
        || tuple.items().size() < 5
        || !tuple.items().getFirst().equals("storage")
        || !(tuple.items().get(1) instanceof ElementType type)
        || !(tuple.items().get(2) instanceof String key)
        || !key.matches("[0-9]{1,20}")) {
      throw new IOException("its pickle refers to something that is no storage of a known type");
    }
    if (tuple.items().size() > 5 && tuple.items().get(5) != Unpickler.None.NONE) {
      throw new IOException(
          "it has a storage that is a part of another; save it by a newer PyTorch");
    }
    Storage storage = new Storage(key, type, size(tuple.items().get(4)));
    require(storage.elements() <= Long.MAX_VALUE / type.bytes(), "a storage of impossible size");
    @Nullable Storage earlier = storages.putIfAbsent(key, storage);
    require(earlier == null || earlier.equals(storage), "two storages of one name");
    return storage;
  }

  /** (storage, offset, size, stride, …). */
  private static StridedTensor strided(Tuple given) throws IOException {
    if (!(argument(given, 0) instanceof Storage storage)) {
      throw new IOException("its pickle makes a tensor of what is no storage");
    }
    List<Long> shape = sizes(argument(given, 2));
    List<Long> strides = sizes(argument(given, 3));
    long offset = size(argument(given, 1));
    require(shape.size() == strides.size(), "a tensor with more sizes than strides, or fewer");
    require(lies(storage, offset, shape, strides), "a tensor that lies outside its storage");
    return new StridedTensor(storage, offset, shape, strides);
  }

  private static boolean lies(Storage storage, long offset, List<Long> shape, List<Long> strides) {
    try {
      long elements = 1;
      long last = offset;
      for (int i = 0; i < shape.size(); i++) {
        elements = Math.multiplyExact(elements, shape.get(i));
        long steps = Math.max(0, shape.get(i) - 1);
        last = Math.addExact(last, Math.multiplyExact(steps, strides.get(i)));
      }
      return elements == 0 || last < storage.elements();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** What has attributes that nobody looks at. */
  void requireBuildable(Object target) throws IOException {
    require(
        target instanceof Inert || target instanceof Map || target instanceof StridedTensor,
        "attributes of what has none");
  }

  private static StridedTensor tensor(Object value) throws IOException {
    if (value instanceof StridedTensor tensor) {
      return tensor;
    }
    throw new IOException("its pickle makes a parameter of what is no tensor");
  }

  private static Object argument(Tuple given, int index) throws IOException {
    require(given.items().size() > index, "a call with too few arguments");
    return given.items().get(index);
  }

  private static List<Long> sizes(Object value) throws IOException {
    if (!(value instanceof Tuple tuple) || tuple.items().size() > MOST_DIMENSIONS) {
      throw new IOException("it has a tensor whose sizes are not those of a tensor");
    }
    Long[] sizes = new Long[tuple.items().size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(tuple.items().get(i));
    }
    return List.of(sizes);
  }

  private static long size(Object value) throws IOException {
    if (value instanceof Long size && size >= 0) {
      return size;
    }
    throw new IOException("it has a tensor or storage with a size that is none");
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException("it has " + otherwise);
    }
  }
}
