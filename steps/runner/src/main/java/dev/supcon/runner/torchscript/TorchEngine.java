package dev.supcon.runner.torchscript;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The one way to libtorch: offline, with a fixed number of threads, and every calling thread in the
 * same state.
 *
 * <p>Threads inside an operation: {@code -Dai.djl.pytorch.num_threads}, else OpenMP's {@code
 * OMP_NUM_THREADS}, which a pod gets from its runtime, else all processors.
 */
public final class TorchEngine {
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

  private TorchEngine() {}

  /** A manager whose arrays live until it is closed. */
  public static NDManager newManager() {
    prepareThread();
    return NDManager.newBaseManager("PyTorch");
  }

  /**
   * Devices for so many copies of a network: every GPU in turn, each again when there are fewer;
   * without a GPU always the CPU. The first is that of {@link #newManager}.
   */
  public static List<Device> devices(int count) {
    return devices(count, Loaded.ENGINE.getGpuCount());
  }

  static List<Device> devices(int count, int gpus) {
    return IntStream.range(0, count)
        .mapToObj(i -> gpus == 0 ? Device.cpu() : Device.gpu(i % gpus))
        .toList();
  }

  /** Threads that one operation uses; part of the numeric profile, for sums depend on it. */
  public static int threads() {
    return Integer.getInteger(THREADS, threads(System.getenv()));
  }

  static int threads(Map<String, String> environment) {
    String wanted = environment.getOrDefault("OMP_NUM_THREADS", "");
    return wanted.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(wanted)
        : Runtime.getRuntime().availableProcessors();
  }

  /** Version of libtorch, such as 2.7.1. */
  public static String version() {
    return Loaded.ENGINE.getVersion();
  }

  /**
   * Puts the calling thread into the state that all of them share; costs nothing the second time.
   *
   * <p>The profiling executor rewrites a graph after its first calls, so a resumed process would
   * add in another order than one that never stopped: it is off. Gradients are recorded only where
   * a caller asks. Both are kept per thread by libtorch, and so is OpenMP's number of threads.
   */
  static void prepareThread() {
    if (PREPARED.get()) {
      return;
    }
    // Loads the engine, which sets the loading thread's state, so it comes first.
    Loaded.ENGINE.getEngineName();
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(threads());
    PREPARED.set(true);
  }

  /** Class loading makes sure that the natives are unpacked and loaded once. */
  private static final class Loaded {
    static final Engine ENGINE = load();

    private static Engine load() {
      // The natives come from Maven; DJL would otherwise ask its download site.
      System.setProperty("ai.djl.offline", "true");
      // DJL sets the property's value again on each call of a block.
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
      System.setProperty(THREADS, Integer.toString(threads()));
      return Engine.getEngine("PyTorch");
    }
  }
}
