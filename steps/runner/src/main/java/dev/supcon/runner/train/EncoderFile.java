package dev.supcon.runner.train;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.EncoderVariant;
import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.runner.checkpoint.ElementType;
import dev.supcon.runner.checkpoint.SafeTensors;
import dev.supcon.runner.checkpoint.TensorBytes;
import dev.supcon.runner.data.PackedIndex;
import dev.supcon.runner.network.Head;
import dev.supcon.runner.network.Network;
import dev.supcon.runner.network.NetworkSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code encoder.safetensors}: the encoder under torchvision's names, so that {@code
 * torchvision.models.resnet18().load_state_dict} takes it but for the head; its metadata says what
 * the pixels have to look like.
 */
public final class EncoderFile {
  /** The file's name in a step's result. */
  public static final String NAME = "encoder.safetensors";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Double>> NUMBERS = new TypeReference<>() {};
  private static final String RUNNING_MEAN = ".running_mean";

  private EncoderFile() {}

  /**
   * Writes the encoder of a network, without its head.
   *
   * @param steps optimizer steps that made it: {@code num_batches_tracked} of every normalisation
   * @throws StepFailure DIVERGED when a value is not finite
   */
  public static void write(Path file, Network network, PackedIndex data, long steps) {
    SortedMap<String, TensorBytes> tensors = tensors(network, name -> !ofHead(name));
    for (String name : List.copyOf(tensors.keySet())) {
      if (name.endsWith(RUNNING_MEAN)) {
        String norm = name.substring(0, name.length() - RUNNING_MEAN.length());
        tensors.put(norm + ".num_batches_tracked", TensorBytes.of(new long[] {steps}));
      }
    }
    new SafeTensors(metadata(network.spec(), data), tensors).write(file);
  }

  /** Writes the head of a network, under the names {@code head.*} or {@code fc.*}. */
  public static void writeHead(Path file, Network network) {
    Map<String, String> words = Map.of("format", "pt");
    new SafeTensors(words, tensors(network, EncoderFile::ofHead)).write(file);
  }

  /**
   * Makes the encoder of a file, without a head.
   *
   * @param expected what the caller believes it to be; only the precision may differ
   * @throws StepFailure DATA when the file is damaged or holds another encoder
   */
  public static Network read(Path file, EncoderSpec expected, NDManager manager) {
    SafeTensors content = SafeTensors.read(file);
    requireWord(file, content, "architecture", word(expected.architecture()));
    requireWord(file, content, "stem", word(expected.stem()));
    requireWord(file, content, "width", word(expected.width()));
    requireWord(file, content, "variant", word(expected.variant()));
    NetworkSpec spec =
        new NetworkSpec(
            expected,
            new Head.None(),
            numbers(file, content, "mean"),
            numbers(file, content, "std"));
    Map<String, float[]> values = new HashMap<>();
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (tensor.type() == ElementType.F32) {
                values.put(name, tensor.floats());
              }
            });
    Network network = Network.create(spec, 0, manager);
    try {
      network.load(values);
    } catch (IllegalArgumentException e) {
      network.close();
      throw new StepFailure(ExitCode.DATA, file + " is no such encoder: " + e.getMessage(), e);
    }
    return network;
  }

  /**
   * Side in pixels of the images that an encoder was trained on.
   *
   * @throws StepFailure DATA when the file does not say it
   */
  public static int side(Path file) {
    String side = SafeTensors.read(file).metadata().getOrDefault("side", "");
    if (!side.matches("[1-9]\\d{0,5}")) {
      throw new StepFailure(ExitCode.DATA, file + " does not say the side of its images");
    }
    return Integer.parseInt(side);
  }

  private static SortedMap<String, TensorBytes> tensors(Network network, Predicate<String> wanted) {
    SortedMap<String, TensorBytes> tensors = new TreeMap<>();
    Stream.concat(network.parameters().stream(), network.buffers().stream())
        .filter(tensor -> wanted.test(tensor.spec().name()))
        .forEach(
            tensor ->
                tensors.put(
                    tensor.spec().name(),
                    TensorBytes.of(finite(tensor), tensor.value().getShape().getShape())));
    return tensors;
  }

  private static float[] finite(Network.Tensor tensor) {
    float[] values = tensor.value().toFloatArray();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new StepFailure(
            ExitCode.DIVERGED,
            tensor.spec().name()
                + " holds a value that is not finite; write a smaller"
                + " pretrain.optimizer.learningRate");
      }
    }
    return values;
  }

  private static boolean ofHead(String name) {
    return name.startsWith("head.") || name.startsWith("fc.");
  }

  private static Map<String, String> metadata(NetworkSpec spec, PackedIndex data) {
    return Map.of(
        "format", "pt",
        "architecture", word(spec.encoder().architecture()),
        "stem", word(spec.encoder().stem()),
        "width", word(spec.encoder().width()),
        "variant", word(spec.encoder().variant()),
        "precision", word(spec.encoder().precision()),
        "mean", json(spec.mean()),
        "std", json(spec.std()),
        "side", json(data.side()),
        "classNames", json(data.classNames()));
  }

  /** The word of a value in a spec's JSON. */
  private static String word(Object value) {
    return JSON.valueToTree(value).asText();
  }

  private static String json(Object value) {
    return JSON.valueToTree(value).toString();
  }

  private static void requireWord(Path file, SafeTensors content, String key, String expected) {
    String absent = key.equals("variant") ? word(EncoderVariant.TORCHVISION) : "nothing";
    String found = content.metadata().getOrDefault(key, absent);
    if (!found.equals(expected)) {
      throw new StepFailure(
          ExitCode.DATA,
          "%s was made with %s %s, the request says %s".formatted(file, key, found, expected));
    }
  }

  private static List<Double> numbers(Path file, SafeTensors content, String key) {
    try {
      return JSON.readValue(content.metadata().getOrDefault(key, ""), NUMBERS);
    } catch (JsonProcessingException e) {
      throw new StepFailure(ExitCode.DATA, file + " does not say the " + key + " of pixels", e);
    }
  }
}
