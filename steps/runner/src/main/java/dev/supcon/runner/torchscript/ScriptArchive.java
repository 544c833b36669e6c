package dev.supcon.runner.torchscript;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A TorchScript module that consists of functions only: text in a stored zip, as libtorch's {@code
 * torch.jit.load} reads it.
 *
 * <p>A function is written as Python with typed arguments and {@code self} first, for example
 * {@code def twice(self, x: Tensor) -> Tensor:}; operators are those of {@code torch.}, called with
 * all arguments that have no default.
 *
 * @param functions texts of {@code def}s, each indented as if it stood alone
 */
public record ScriptArchive(List<String> functions) {
  private static final String FOLDER = "functions/";

  public ScriptArchive {
    functions = List.copyOf(functions);
  }

  /** An archive of these functions. */
  public static ScriptArchive of(String... functions) {
    return new ScriptArchive(List.of(functions));
  }

  /** The archive's bytes: the same text gives the same bytes. */
  public byte[] bytes() {
    return new ArchiveBytes(FOLDER)
        .add("data.pkl", module())
        .add("code/__torch__.py", text().getBytes(StandardCharsets.UTF_8))
        .bytes();
  }

  private String text() {
    String header =
        """
        class Functions(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          _is_full_backward_hook : Optional[bool]
        """;
    return functions.stream()
        .map(function -> function.strip().indent(2))
        .collect(Collectors.joining("", header, ""));
  }

  /** Pickle, protocol 2, of an object of class Functions with its two attributes. */
  private static byte[] module() {
    return new Pickle()
        .object("__torch__", "Functions")
        .attribute("training")
        .yes()
        .attribute("_is_full_backward_hook")
        .none()
        .built()
        .bytes();
  }
}
