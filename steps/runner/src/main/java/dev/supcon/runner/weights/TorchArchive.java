package dev.supcon.runner.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * PyTorch's form since 1.6: a zip of {@code <name>/data.pkl} and a record {@code <name>/data/<key>}
 * for each storage ({@code torch/serialization.py}). Records are looked up by name and never
 * unpacked to a file.
 */
final class TorchArchive implements TorchFile {
  private static final int MOST_RECORDS = 100_000;
  private static final String PICKLE = "/data.pkl";

  private final ZipFile zip;
  private final Map<String, ZipEntry> records = new HashMap<>();
  private final String folder;
  private final Object root;

  private TorchArchive(ZipFile zip) throws IOException {
    this.zip = zip;
    if (zip.size() > MOST_RECORDS) {
      throw new IOException("it has more than %d records".formatted(MOST_RECORDS));
    }
    for (ZipEntry entry : zip.stream().toList()) {
      if (records.put(entry.getName(), entry) != null) {
        throw new IOException("it has two records of one name");
      }
    }
    this.folder = folder();
    refuseBigEndian();
    ByteBuffer pickle = record(PICKLE, LONGEST_PICKLE);
    TorchObjects objects = new TorchObjects();
    this.root = Unpickler.read(pickle, objects);
    for (Storage storage : objects.storages()) {
      if (entry(place(storage)).getSize() != storage.bytes()) {
        throw new IOException(
            "its record %s has not the size that its pickle says".formatted(place(storage)));
      }
    }
  }

  static TorchArchive open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      return new TorchArchive(zip);
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }

  /** The one folder that all records lie in. */
  private String folder() throws IOException {
    List<String> pickles =
        records.keySet().stream().filter(name -> name.matches("[^/]+" + PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new IOException("it is a zip, but not one that torch.save wrote");
    }
    String pickle = pickles.getFirst();
    String found = pickle.substring(0, pickle.length() - PICKLE.length());
    if (records.containsKey(found + "/constants.pkl")) {
      throw new IOException("it is a TorchScript archive; save the module's state_dict() instead");
    }
    return found;
  }

  private void refuseBigEndian() throws IOException {
    if (records.containsKey(folder + "/byteorder")
        && !StandardCharsets.US_ASCII
            .decode(record("/byteorder", 16))
            .toString()
            .equals("little")) {
      throw new IOException("its numbers are big-endian; save it on another kind of computer");
    }
  }

  @Override
  public Object root() {
    return root;
  }

  @Override
  public ByteBuffer content(Storage storage) throws IOException {
    return record(place(storage), Integer.MAX_VALUE - 8);
  }

  private static String place(Storage storage) {
    return "/data/" + storage.key();
  }

  private ZipEntry entry(String place) throws IOException {
    ZipEntry entry = records.get(folder + place);
    if (entry == null) {
      throw new IOException("it lacks its record " + place.substring(1));
    }
    // torch.save compresses nothing, and what is not compressed cannot grow
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
      throw new IOException("its record %s is compressed".formatted(place.substring(1)));
    }
    return entry;
  }

  private ByteBuffer record(String place, int longest) throws IOException {
    ZipEntry entry = entry(place);
    if (entry.getSize() > longest) {
      throw new IOException("its record %s is too long".formatted(place.substring(1)));
    }
    byte[] content;
    try (InputStream in = zip.getInputStream(entry)) {
      content = in.readNBytes((int) entry.getSize());
    }
    CRC32 sum = new CRC32();
    sum.update(content);
    if (content.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
      throw new IOException("its record %s is damaged".formatted(place.substring(1)));
    }
    return ByteBuffer.wrap(content);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
