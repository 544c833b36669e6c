package dev.supcon.services.track;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/** Calls MLflow's Java client, which has no timeouts, with one. */
final class MlflowServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final String url;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("mlflow-call").factory());
  private MlflowClient client;

  MlflowServer(String url) {
    this.url = url;
    this.client = new MlflowClient(url);
  }

  String url() {
    return url;
  }

  /**
   * @throws Away when the server does not answer or is at fault, so that later may be better
   * @throws MlflowHttpException when it refuses, so that later will be the same
   */
  <T> T call(Function<MlflowClient, T> request) throws Away {
    MlflowClient current = client;
    Future<T> answer = threads.submit(() -> request.apply(current));
    try {
      return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      client = new MlflowClient(url); // the old one's connection hangs
      throw new Away("no answer within " + LIMIT.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Away("interrupted");
    } catch (ExecutionException e) {
      throw sorted(e.getCause() == null ? e : e.getCause());
    }
  }

  private static Away sorted(Throwable cause) {
    if (cause instanceof MlflowHttpException answer && refused(answer.getStatusCode())) {
      throw answer;
    }
    if (cause instanceof MlflowClientException) {
      return new Away(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
    return new Away(cause.toString());
  }

  static boolean refused(int status) {
    return status >= 400 && status < 500 && status != 408 && status != 429;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
  }

  /** The server cannot be told anything now. */
  static final class Away extends Exception {
    private static final long serialVersionUID = 1L;

    Away(String reason) {
      super(reason);
    }
  }
}
