package dev.supcon.runner.weights;

import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.checkpoint.TensorBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor in a file; what is not asked for takes no memory. */
sealed interface StoredTensor {
  ElementType type();

  List<Long> shape();

  /** Its elements in row-major order. */
  TensorBytes read() throws IOException;

  /** Of a safetensors file, which is read as a whole. */
  record Whole(TensorBytes read) implements StoredTensor {
    @Override
    public ElementType type() {
      return read.type();
    }

    @Override
    public List<Long> shape() {
      return read.shape();
    }
  }

  /** Of a file of PyTorch. */
  record Strided(StridedTensor tensor, TorchFile file) implements StoredTensor {
    @Override
    public ElementType type() {
      return tensor.storage().type();
    }

    @Override
    public List<Long> shape() {
      return tensor.shape();
    }

    @Override
    public TensorBytes read() throws IOException {
      return dense(tensor, file.content(tensor.storage()));
    }
  }

  /** Row-major, wherever the elements lie in the storage. */
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
