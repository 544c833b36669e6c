package dev.supcon.services.store;

import dev.supcon.contract.step.StepFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A stream out of a store: its read errors are the store's failures. */
final class StoreStream extends FilterInputStream {
  private final Function<IOException, StepFailure> failure;

  StoreStream(InputStream in, Function<IOException, StepFailure> failure) {
    super(in);
    this.failure = failure;
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      return in.read(target, offset, length);
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }
}
