package dev.supcon.runner.weights;

import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.checkpoint.TensorBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor in a file, not read yet: what is not asked for takes no memory. */
record StoredTensor(ElementType type, List<Long> shape, Content content) {

  /** Reads it. */
  interface Content {
    TensorBytes read() throws IOException;
  }

  static StoredTensor of(TensorBytes tensor) {
    return new StoredTensor(tensor.type(), tensor.shape(), () -> tensor);
  }

  static StoredTensor of(StridedTensor tensor, TorchFile file) {
    return new StoredTensor(
        tensor.storage().type(),
        tensor.shape(),
        () -> dense(tensor, file.content(tensor.storage())));
  }

  /** Its elements in row-major order, wherever they lie in the storage. */
  private static TensorBytes dense(StridedTensor tensor, ByteBuffer storage) {
    int width = tensor.storage().type().bytes();
    long elements = tensor.shape().stream().reduce(1L, Math::multiplyExact);
    ByteBuffer dense =
        ByteBuffer.allocate(Math.toIntExact(Math.multiplyExact(elements, width)))
            .order(ByteOrder.LITTLE_ENDIAN);
    long[] index = new long[tensor.shape().size()];
    long position = tensor.offset();
    while (dense.hasRemaining()) {
      dense.put(dense.position(), storage, Math.toIntExact(position * width), width);
      dense.position(dense.position() + width);
      position = next(tensor, index, position);
    }
    return new TensorBytes(tensor.storage().type(), tensor.shape(), dense.flip());
  }

  /** Counts up, the last index fastest; the first position again after the last. */
  private static long next(StridedTensor tensor, long[] index, long position) {
    long next = position;
    for (int i = index.length - 1; i >= 0; i--) {
      long stride = tensor.strides().get(i);
      index[i]++;
      next += stride;
      if (index[i] < tensor.shape().get(i)) {
        return next;
      }
      next -= index[i] * stride;
      index[i] = 0;
    }
    return next;
  }
}
