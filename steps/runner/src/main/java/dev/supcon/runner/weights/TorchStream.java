package dev.supcon.runner.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's form before 1.6: pickles of a magic number, a version, facts of the computer, what was
 * saved, and the storages' keys; then each storage's number of elements and its bytes ({@code
 * torch/serialization.py}, {@code _legacy_load}).
 */
final class TorchStream implements TorchFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final FileChannel channel;
  private final Object root;
  private final Map<String, Long> places = new HashMap<>(); // of storages' first bytes

  private TorchStream(FileChannel channel) throws IOException {
    this.channel = channel;
    ByteBuffer head = read(0, Math.min(channel.size(), LONGEST_PICKLE));
    TorchObjects words = new TorchObjects();
    if (!MAGIC.equals(Unpickler.read(head, words))) {
      throw new IOException("it is a pickle that torch.save did not write");
    }
    if (!Unpickler.read(head, words).equals(VERSION)) {
      throw new IOException("it has a version that is not 1001");
    }
    Object computer = Unpickler.read(head, words);
    if (!(computer instanceof Map<?, ?> facts)
        || !Boolean.TRUE.equals(facts.get("little_endian"))) {
      throw new IOException("its numbers are big-endian; save it on another kind of computer");
    }
    TorchObjects objects = new TorchObjects();
    this.root = Unpickler.read(head, objects);
    Object keys = Unpickler.read(head, words);
    Map<Object, Storage> named = new HashMap<>();
    objects.storages().forEach(storage -> named.put(storage.key(), storage));
    place(keys instanceof List<?> list ? list : List.of(), named, head.position());
  }

  static TorchStream open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new TorchStream(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void place(List<?> keys, Map<Object, Storage> named, long begin) throws IOException {
    long position = begin;
    for (Object key : keys) {
      Storage storage = key instanceof String ? named.remove(key) : null;
      if (storage == null) {
        throw new IOException("it has a storage that its pickle does not name, or one twice");
      }
      long elements = read(position, Long.BYTES).getLong();
      long end = position + Long.BYTES + storage.bytes();
      if (elements != storage.elements() || end < 0 || end > channel.size()) {
        throw new IOException(
            "its storage %s has not the size that its pickle says, or the file is cut off"
                .formatted(storage.key()));
      }
      places.put(storage.key(), position + Long.BYTES);
      position = end;
    }
    if (!named.isEmpty()) {
      throw new IOException("it lacks the storage " + named.keySet().iterator().next());
    }
    if (position != channel.size()) {
      throw new IOException("it goes on after its last storage");
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer content(Storage storage) throws IOException {
    Long place = places.get(storage.key());
    if (place == null) {
      throw new IOException("it lacks the storage " + storage.key());
    }
    return read(place, storage.bytes());
  }

  private ByteBuffer read(long position, long length) throws IOException {
    if (length > Integer.MAX_VALUE - 8 || position + length > channel.size()) {
      throw new IOException("it is cut off, or has a storage of more than 2 GiB");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
