package dev.supcon.runner.weights;

import dev.supcon.runner.checkpoint.SafeTensors;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The named tensors of a file, whichever of three forms it has: by its first bytes, not by its
 * name.
 *
 * @param metadata words about them; a file of PyTorch has none
 * @param open the file that tensors are still read from
 */
record WeightsFile(
    Map<String, String> metadata, SortedMap<String, StoredTensor> tensors, Optional<TorchFile> open)
    implements Closeable {
  private static final String ZIP = "504b0304";
  private static final String PICKLE = "8002";
  private static final int HEADER_AT = 8; // of a safetensors file, a JSON object

  /**
   * @throws IOException with what is wrong with the file, as the end of a sentence
   * @throws dev.supcon.contract.step.StepFailure when a safetensors file is damaged
   */
  static WeightsFile open(Path file) throws IOException {
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(HEADER_AT + 1);
    }
    String start = HexFormat.of().formatHex(first);
    if (start.startsWith(ZIP)) {
      return of(TorchArchive.open(file));
    }
    if (start.startsWith(PICKLE)) {
      return of(TorchStream.open(file));
    }
    if (first.length > HEADER_AT && first[HEADER_AT] == '{') {
      SafeTensors content = SafeTensors.read(file);
      SortedMap<String, StoredTensor> tensors = new TreeMap<>();
      content
          .tensors()
          .forEach((name, tensor) -> tensors.put(name, new StoredTensor.Whole(tensor)));
      return new WeightsFile(content.metadata(), tensors, Optional.empty());
    }
    throw new IOException("it is neither a safetensors file nor one of torch.save");
  }

  private static WeightsFile of(TorchFile file) throws IOException {
    try {
      return new WeightsFile(Map.of(), StateDict.of(file), Optional.of(file));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
    }
  }
}
