package dev.supcon.runner.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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

  /** torch.jit's file format of libtorch 2.7 (caffe2/serialize/versions.h). */
  private static final String FORMAT = "10\n";

  /** Pickle of an empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  public ScriptArchive {
    functions = List.copyOf(functions);
  }

  /** An archive of these functions. */
  public static ScriptArchive of(String... functions) {
    return new ScriptArchive(List.of(functions));
  }

  /** The archive's bytes: the same text gives the same bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private void writeTo(OutputStream target) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(target)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "version", FORMAT.getBytes(StandardCharsets.US_ASCII));
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "data.pkl", module());
      add(zip, "code/__torch__.py", text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
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
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes("c__torch__\nFunctions\n".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
    word(pickle, "training");
    pickle.write(0x88);
    word(pickle, "_is_full_backward_hook");
    pickle.writeBytes(new byte[] {'N', 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void word(ByteArrayOutputStream pickle, String word) {
    byte[] text = word.getBytes(StandardCharsets.US_ASCII);
    pickle.writeBytes(new byte[] {'X', (byte) text.length, 0, 0, 0});
    pickle.writeBytes(text);
  }
}
