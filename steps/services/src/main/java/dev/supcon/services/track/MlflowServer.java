package dev.supcon.services.track;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/** Calls MLflow's Java client, which has no timeouts, with one. */
final class MlflowServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final MlflowAddress address;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().daemon().name("mlflow-call").factory());
  private MlflowClient client;
  private volatile boolean stopped;
  private volatile @Nullable Future<?> running;

  MlflowServer(MlflowAddress address) {
    this.address = address;
    this.client = new MlflowClient(address.credentials());
  }

  MlflowAddress address() {
    return address;
  }

  /**
   * @throws Away when the server does not answer or is at fault, so that later may be better
   * @throws MlflowHttpException when it refuses, so that later will be the same
   */
  <T> T call(Function<MlflowClient, T> request) throws Away {
    MlflowClient current = client;
    try {
      return within(LIMIT, () -> request.apply(current));
    } catch (Away e) {
      client = new MlflowClient(address.credentials());
      current.close(); // ends its connections, and with them a thread that waits on one
      throw e;
    }
  }

  /**
   * Work that a thread of its own does, so that nobody waits for ever.
   *
   * @throws Away when it takes longer or fails by anything but a refusal
   */
  <T> T within(Duration limit, Callable<T> work) throws Away {
    Future<T> answer = threads.submit(work);
    running = answer;
    try {
      if (stopped) {
        throw new Away("no time is left");
      }
      return answer.get(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Away("no answer within " + limit.toSeconds() + " s");
    } catch (CancellationException e) {
      throw new Away("no time is left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Away("interrupted");
    } catch (ExecutionException e) {
      throw sorted(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static Away sorted(Throwable cause) {
    if (cause instanceof Away away) {
      return away;
    }
    if (cause instanceof MlflowHttpException answer) {
      if (refused(answer.getStatusCode(), String.valueOf(answer.getBodyMessage()))) {
        throw answer;
      }
      return new Away("HTTP " + answer.getStatusCode());
    }
    if (cause instanceof MlflowClientException) {
      return new Away(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }
    return new Away(cause.toString());
  }

  /**
   * Whether MLflow said no to what was asked. Something else may have answered in its stead, and
   * credentials can be put right: then what was asked is kept.
   */
  static boolean refused(int status, String body) {
    boolean credentials = status == 401 || status == 403;
    boolean busy = status == 408 || status == 429;
    return status >= 400 && status < 500 && !credentials && !busy && body.contains("error_code");
  }

  /** Ends the call that runs and lets no other begin. */
  void stop() {
    stopped = true;
    Future<?> now = running;
    if (now != null) {
      now.cancel(true);
    }
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
