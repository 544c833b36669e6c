package dev.supcon.runner.checkpoint;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a safetensors file (format: huggingface/safetensors, README "Format"): named
 * tensors, and words about them.
 *
 * @param metadata goes to the header's {@code __metadata__}
 * @param tensors by name
 */
public record SafeTensors(Map<String, String> metadata, SortedMap<String, TensorBytes> tensors) {

  public SafeTensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /**
   * Reads a whole file and refuses whatever the format does not allow.
   *
   * @throws StepFailure NO_INPUT when there is no such file, DATA when it is damaged
   */
  public static SafeTensors read(Path file) {
    return SafeTensorsReader.read(file);
  }

  /**
   * Writes the file and forces it to the disk; equal content gives equal bytes.
   *
   * @throws StepFailure NO_SPACE when it cannot be written
   */
  public void write(Path file) {
    SafeTensorsWriter.write(this, file);
  }

  /**
   * The tensor of a name.
   *
   * @throws StepFailure DATA when there is none
   */
  public TensorBytes tensor(String name) {
    TensorBytes tensor = tensors.get(name);
    if (tensor == null) {
      throw new StepFailure(
          ExitCode.DATA, "the file holds no tensor " + name + "; it was made for another network");
    }
    return tensor;
  }
}
