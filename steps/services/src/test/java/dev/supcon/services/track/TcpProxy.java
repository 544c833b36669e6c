package dev.supcon.services.track;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands before a real server and carries bytes to and fro, until it is told otherwise. */
public final class TcpProxy implements AutoCloseable {
  private final URI server;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private volatile Mode mode = Mode.CARRY;

  public enum Mode {
    CARRY,
    /** Every connection ends at once. */
    CUT,
    /** Connections stand, and nothing comes through. */
    STALL,
    /** Requests arrive; instead of an answer the connection ends. */
    LOSE_ANSWERS
  }

  public TcpProxy(URI server) {
    this.server = server;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** All requests that came through. */
  String requests() {
    return String.join("", requests);
  }

  public void mode(Mode now) {
    mode = now;
    if (now != Mode.LOSE_ANSWERS) {
      open.forEach(TcpProxy::end);
      open.clear();
    }
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      if (mode == Mode.CUT) {
        end(client);
        continue;
      }
      Socket behind = new Socket(server.getHost(), server.getPort());
      open.add(client);
      open.add(behind);
      start(() -> carry(client, behind, true));
      start(() -> carry(behind, client, false));
    }
  }

  private void carry(Socket from, Socket to, boolean request) {
    byte[] piece = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (mode == Mode.STALL) {
          continue;
        }
        if (mode == Mode.LOSE_ANSWERS && !request) {
          return;
        }
        if (request) {
          requests.add(new String(piece, 0, n, StandardCharsets.ISO_8859_1));
        }
        out.write(piece, 0, n);
      }
    } catch (IOException e) {
      return; // one side is gone
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Loop loop) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                return; // closed
              }
            });
  }

  @Override
  public void close() throws IOException {
    listener.close();
    mode(Mode.CUT);
  }

  private interface Loop {
    void run() throws IOException;
  }
}
