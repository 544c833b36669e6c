package dev.supcon.operator.probe;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a URL of an operator's health. {@code helm test} runs it in a pod of the operator's image,
 * which holds neither a shell nor any other client. It needs {@code java.base} alone, as the
 * image's Java runtime may hold little more.
 */
public final class Probe {
  private static final int PATIENCE_MILLIS = 10_000;

  private Probe() {}

  /**
   * @throws IllegalStateException when the answer is not 200; the process then ends with 1
   */
  public static void main(String[] args) throws IOException {
    HttpURLConnection question = (HttpURLConnection) URI.create(args[0]).toURL().openConnection();
    question.setConnectTimeout(PATIENCE_MILLIS);
    question.setReadTimeout(PATIENCE_MILLIS);
    try {
      if (question.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IllegalStateException(args[0] + " answered " + question.getResponseCode());
      }
    } finally {
      question.disconnect();
    }
  }
}
