package dev.supcon.runner.download;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.FileDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;

/**
 * A file of a web server, known by its SHA-256. What has come lies beside the target as {@code
 * NAME.part} until it is whole; whoever tries again, after a lost connection or another day, goes
 * on where that ends.
 *
 * @param source an http or https address
 * @param sha256 of all bytes, 64 hexadecimal digits
 * @param target where the file is to lie
 * @param patience between tries, doubled each time
 */
public record Download(URI source, String sha256, Path target, Duration patience) {
  private static final int TRIES = 5; // in a row without a byte
  private static final int MOST_REDIRECTS = 5;
  private static final int CONNECT_MILLIS = 20_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final int BLOCK = 1 << 17;
  private static final int ALL_HAS_COME = 416; // Range Not Satisfiable
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Who hears how much has come. */
  public interface Watcher {
    /**
     * May end the download by an exception; what has come stays.
     *
     * @param total of the whole file; 0 when the server does not say it
     */
    void at(long bytes, long total);
  }

  /**
   * @throws StepFailure {@code NO_INPUT} when the server has no such file, {@code DATA} when it is
   *     another one, {@code NO_SPACE} when it cannot be written, {@code STORE_UNREACHABLE} when the
   *     server does not answer
   */
  public void run(Watcher watcher) {
    try {
      if (Files.exists(target)) {
        refuseOther(target, "remove it, or write another --out");
        return;
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      bring(watcher);
      refuseOther(part(), "");
      Files.move(part(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StepFailure(
          ExitCode.NO_SPACE,
          "Cannot write to %s: %s; make room, or write another --out.".formatted(target, e),
          e);
    }
  }

  private Path part() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private long size() throws IOException {
    return Files.exists(part()) ? Files.size(part()) : 0;
  }

  /** What came of a file that is another one would spoil every further try. */
  private void refuseOther(Path file, String remedy) throws IOException {
    String found = FileDigest.of(file);
    if (found.equals(sha256)) {
      return;
    }
    boolean fetched = remedy.isEmpty();
    if (fetched) {
      Files.delete(file);
    }
    throw new StepFailure(
        ExitCode.DATA,
        "%s has the SHA-256 %s instead of %s; %s."
            .formatted(
                fetched ? source : file,
                found,
                sha256,
                fetched
                    ? "it was removed: the server has another file, or it was altered"
                    : remedy));
  }

  private void bring(Watcher watcher) throws IOException {
    long most = size();
    int failures = 0;
    while (true) {
      try {
        receive(watcher);
        return;
      } catch (Passing e) {
        failures = size() > most ? 1 : failures + 1;
        most = Math.max(most, size());
        if (failures == TRIES) {
          throw new StepFailure(
              ExitCode.STORE_UNREACHABLE,
              "%s does not answer (%s); check address and network, then start again: the %,d bytes that have come are kept."
                  .formatted(source, e.getMessage(), size()),
              e);
        }
        sleep(patience.multipliedBy(1L << (failures - 1)));
      }
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailure(ExitCode.RESUME, "interrupted; start it again to go on", e);
    }
  }

  /** One answer of the server, written behind what has come. */
  private void receive(Watcher watcher) throws IOException, Passing {
    long have = size();
    HttpURLConnection connection = answer(have);
    try {
      if (connection.getResponseCode() == ALL_HAS_COME) {
        return;
      }
      boolean goesOn = connection.getResponseCode() == HttpURLConnection.HTTP_PARTIAL;
      long from = goesOn ? have : 0;
      long length = connection.getContentLengthLong();
      long total = length < 0 ? 0 : from + length;
      long come = from;
      try (InputStream in = stream(connection);
          OutputStream out = Files.newOutputStream(part(), options(goesOn))) {
        byte[] block = new byte[BLOCK];
        for (int n = read(in, block); n >= 0; n = read(in, block)) {
          out.write(block, 0, n);
          come += n;
          watcher.at(come, total);
        }
      }
      if (come < total) {
        throw new Passing("the connection ended after %,d of %,d bytes".formatted(come, total));
      }
    } finally {
      connection.disconnect();
    }
  }

  private static StandardOpenOption[] options(boolean goesOn) {
    return new StandardOpenOption[] {
      StandardOpenOption.CREATE,
      StandardOpenOption.WRITE,
      goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING
    };
  }

  /** An answer whose body is the file, or its rest. */
  private HttpURLConnection answer(long have) throws IOException, Passing {
    URI address = source;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection connection = ask(address, have);
      int status = status(connection);
      if (REDIRECTS.contains(status)) {
        address = address.resolve(String.valueOf(connection.getHeaderField("Location")));
        connection.disconnect();
      } else {
        refuse(status, have, connection);
        return connection;
      }
    }
    throw new StepFailure(
        ExitCode.NO_INPUT,
        "%s leads from address to address; write the last one.".formatted(source));
  }

  private static HttpURLConnection ask(URI address, long have) throws IOException {
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))) {
      throw new StepFailure(
          ExitCode.USAGE, address + " is no web address; write one with http:// or https://.");
    }
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false); // Java's own do not go from http to https.
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(SILENCE_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
    }
    return connection;
  }

  private void refuse(int status, long have, HttpURLConnection connection)
      throws IOException, Passing {
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    switch (status) {
      case HttpURLConnection.HTTP_OK -> {}
      case HttpURLConnection.HTTP_PARTIAL -> anewUnless(range.startsWith("bytes " + have + "-"));
      case ALL_HAS_COME -> anewUnless(range.equals("bytes */" + have));
      default -> {
        if (status == 429 || status >= 500) {
          throw new Passing("HTTP " + status);
        }
        throw new StepFailure(
            ExitCode.NO_INPUT,
            "%s is not to be had (HTTP %d); check the address.".formatted(source, status));
      }
    }
  }

  /** The next try begins at the first byte where the server did not go on behind the last one. */
  private void anewUnless(boolean goesOn) throws IOException, Passing {
    if (!goesOn) {
      Files.deleteIfExists(part());
      throw new Passing("it does not go on where it was asked to");
    }
  }

  private static int status(HttpURLConnection connection) throws Passing {
    try {
      return connection.getResponseCode();
    } catch (IOException e) {
      throw new Passing(e.toString(), e);
    }
  }

  private static InputStream stream(HttpURLConnection connection) throws Passing {
    try {
      return connection.getInputStream();
    } catch (IOException e) {
      throw new Passing(e.toString(), e);
    }
  }

  private static int read(InputStream in, byte[] block) throws Passing {
    try {
      return in.read(block);
    } catch (IOException e) {
      throw new Passing(e.toString(), e);
    }
  }

  /** A failure after which another try may succeed. */
  private static final class Passing extends Exception {
    private static final long serialVersionUID = 1L;

    Passing(String message) {
      super(message);
    }

    Passing(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
