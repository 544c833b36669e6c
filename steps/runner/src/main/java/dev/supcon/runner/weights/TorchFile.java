package dev.supcon.runner.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of {@code torch.save}, in one of its two forms. */
sealed interface TorchFile extends Closeable permits TorchArchive, TorchStream {
  /** A ResNet's pickle has a tenth of this, with an optimizer's state. */
  int LONGEST_PICKLE = 8 << 20;

  /** What was saved, as {@link Unpickler} reads it. */
  Object root();

  /** The bytes of a storage that the root names, little-endian. */
  ByteBuffer content(Storage storage) throws IOException;
}
