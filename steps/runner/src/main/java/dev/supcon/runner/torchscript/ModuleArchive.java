package dev.supcon.runner.torchscript;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A TorchScript module that holds its tensors: nested modules by the dots of their names, as {@code
 * torch.nn.Module} has them, so that its {@code state_dict} has these names.
 *
 * @param functions texts of {@code def}s; tensors are read by {@link #read}
 * @param tensors by name, such as {@code layer1.0.conv1.weight}
 * @param extra texts for {@code torch.jit.load}'s {@code _extra_files}, by name
 */
public record ModuleArchive(
    List<String> functions, SortedMap<String, Stored> tensors, SortedMap<String, String> extra) {
  private static final String ROOT = "Encoder";
  private static final Pattern DOT = Pattern.compile("\\.");

  public ModuleArchive {
    functions = List.copyOf(functions);
    tensors = new TreeMap<>(tensors);
    extra = new TreeMap<>(extra);
  }

  /**
   * A tensor's content.
   *
   * @param storage torch's class, {@code FloatStorage} or {@code LongStorage}
   * @param bytes little-endian, row-major
   * @param parameter whether it is one; else a buffer
   */
  public record Stored(String storage, List<Long> shape, ByteBuffer bytes, boolean parameter) {
    public Stored {
      shape = List.copyOf(shape);
    }
  }

  /** The expression that reads a tensor inside a function. */
  public static String read(String name) {
    String expression = "self";
    for (String part : DOT.split(name, -1)) {
      expression =
          Character.isDigit(part.charAt(0))
              ? "getattr(" + expression + ", \"" + part + "\")"
              : expression + "." + part;
    }
    return expression;
  }

  /** The archive's bytes: the same content gives the same bytes. */
  public byte[] bytes() {
    Node root = new Node();
    List<Stored> inOrder = new ArrayList<>();
    for (Map.Entry<String, Stored> tensor : tensors.entrySet()) {
      root.put(tensor.getKey(), new Placed(inOrder.size(), tensor.getValue()));
      inOrder.add(tensor.getValue());
    }
    Pickle pickle = new Pickle();
    StringBuilder code = new StringBuilder();
    root.write(ROOT, pickle, code);
    functions.forEach(function -> code.append(function.strip().indent(2)));
    ArchiveBytes archive =
        new ArchiveBytes("encoder/")
            .add("data.pkl", pickle.bytes())
            .add("code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
    for (int key = 0; key < inOrder.size(); key++) {
      archive.add("data/" + key, inOrder.get(key).bytes());
    }
    extra.forEach(
        (name, text) -> archive.add("extra/" + name, text.getBytes(StandardCharsets.UTF_8)));
    return archive.bytes();
  }

  private record Placed(int key, Stored stored) {}

  /** A module: the tensors and modules that it holds. */
  private static final class Node {
    private final SortedMap<String, Node> modules = new TreeMap<>();
    private final SortedMap<String, Placed> own = new TreeMap<>();

    void put(String name, Placed tensor) {
      int dot = name.indexOf('.');
      if (dot < 0) {
        own.put(name, tensor);
      } else {
        Node child = modules.computeIfAbsent(name.substring(0, dot), word -> new Node());
        child.put(name.substring(dot + 1), tensor);
      }
    }

    /** Its object to the pickle; its class, behind those of its modules, to the code. */
    void write(String type, Pickle pickle, StringBuilder code) {
      StringBuilder fields = new StringBuilder("  __annotations__ = []\n");
      pickle.object("__torch__", type);
      own.forEach(
          (name, tensor) -> {
            Stored stored = tensor.stored();
            pickle.attribute(name).tensor(stored.storage(), tensor.key(), stored.shape());
            fields.append("  ").append(name).append(" : Tensor\n");
          });
      modules.forEach(
          (name, module) -> {
            String child = type + "_" + name;
            pickle.attribute(name);
            module.write(child, pickle, code);
            fields.append("  __annotations__[\"%s\"] = __torch__.%s\n".formatted(name, child));
          });
      pickle.attribute("training").no().attribute("_is_full_backward_hook").none().built();
      code.append("class ").append(type).append("(Module):\n");
      code.append("  __parameters__ = ").append(names(true)).append('\n');
      code.append("  __buffers__ = ").append(names(false)).append('\n');
      code.append(fields);
      code.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    }

    private String names(boolean parameters) {
      return own.entrySet().stream()
          .filter(tensor -> tensor.getValue().stored().parameter() == parameters)
          .map(tensor -> "\"" + tensor.getKey() + "\", ")
          .collect(Collectors.joining("", "[", "]"));
    }
  }
}
