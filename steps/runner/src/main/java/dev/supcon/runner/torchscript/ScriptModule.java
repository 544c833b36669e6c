package dev.supcon.runner.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A loaded {@link ScriptArchive}, whose functions are called by name.
 *
 * <p>Results belong to the manager that the caller names. Tensors that a function makes in between
 * are freed by libtorch during the call.
 */
public final class ScriptModule implements AutoCloseable {
  private final PtSymbolBlock block;

  private ScriptModule(PtSymbolBlock block) {
    this.block = block;
  }

  /** Compiles the archive; the text is checked here, an error names its line. */
  public static ScriptModule load(NDManager manager, ScriptArchive archive) {
    TorchEngine.prepareThread();
    try {
      return new ScriptModule(
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive.bytes()), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /**
   * Calls a function in inference mode: no graph, and its new tensors can never take part in one.
   * Tensors that came in may be changed in place.
   */
  public NDList infer(NDManager target, String function, Argument... arguments) {
    TorchEngine.prepareThread();
    IValue[] values = Arrays.stream(arguments).map(ScriptModule::value).toArray(IValue[]::new);
    try (IValue result = IValueUtils.runMethod(block, function, values)) {
      return result.toNDList((PtNDManager) target);
    } finally {
      Arrays.stream(values).forEach(IValue::close);
    }
  }

  /**
   * Calls a function and records what {@link #backward} needs. Arrays only, see {@link Argument}.
   */
  public NDList record(NDManager target, String function, Argument... arguments) {
    TorchEngine.prepareThread();
    JniUtils.setGradMode(true);
    try {
      return named(target, function, arguments);
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /** As {@link #record}, without a graph; new tensors are ordinary ones. */
  public NDList call(NDManager target, String function, Argument... arguments) {
    TorchEngine.prepareThread();
    return named(target, function, arguments);
  }

  /**
   * Adds to the gradient of every leaf below {@code output} what {@code gradient} says, and frees
   * the graph.
   */
  public static void backward(NDArray output, NDArray gradient) {
    TorchEngine.prepareThread();
    JniUtils.backward((PtNDArray) output, (PtNDArray) gradient, false, false);
  }

  /** DJL's only way to a function outside inference mode: it reads the names of the arrays. */
  private NDList named(NDManager target, String function, Argument... arguments) {
    try (NDArray selector = target.create(0f)) {
      selector.setName("module_method:" + function);
      NDList inputs = new NDList(selector);
      for (int i = 0; i < arguments.length; i++) {
        addNamed(inputs, arguments[i], i);
      }
      if (inputs.stream().map(NDArray::getUid).distinct().count() < inputs.size()) {
        throw new IllegalArgumentException("an array stands twice in a call of " + function);
      }
      return IValueUtils.forward(block, inputs, true);
    }
  }

  private static void addNamed(NDList inputs, Argument argument, int position) {
    switch (argument) {
      case Argument.Single single -> {
        single.array().setName(null);
        inputs.add(single.array());
      }
      case Argument.Many many ->
          many.arrays()
              .forEach(
                  array -> {
                    array.setName("a" + position + "[]");
                    inputs.add(array);
                  });
      case Argument.Real real -> throw new IllegalArgumentException("a number in " + real);
      case Argument.Whole whole -> throw new IllegalArgumentException("a number in " + whole);
    }
  }

  private static IValue value(Argument argument) {
    return switch (argument) {
      case Argument.Single single -> IValue.from((PtNDArray) single.array());
      case Argument.Many many -> IValue.listFrom(many.arrays().stream().toArray(PtNDArray[]::new));
      case Argument.Real real -> IValue.from(real.value());
      case Argument.Whole whole -> IValue.from(whole.value());
    };
  }

  @Override
  public void close() {
    block.close();
  }
}
