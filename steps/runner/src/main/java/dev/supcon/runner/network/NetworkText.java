package dev.supcon.runner.network;

import dev.supcon.contract.spec.ClassifierGradient;
import dev.supcon.runner.network.ForwardText.Arithmetic;
import dev.supcon.runner.torchscript.ScriptArchive;
import java.util.List;

/**
 * The functions of a network and the tensors that they take: {@code train} and {@code output}
 * through the head, {@code features} before it.
 */
record NetworkText(ScriptArchive archive, List<TensorSpec> parameters, List<TensorSpec> buffers) {

  static NetworkText of(NetworkSpec spec) {
    return of(spec, Arithmetic.of(spec.encoder().precision()));
  }

  static NetworkText of(NetworkSpec spec, Arithmetic arithmetic) {
    ForwardText train = new ForwardText(true, arithmetic);
    ForwardText output = new ForwardText(false, arithmetic);
    ForwardText features = new ForwardText(false, arithmetic);
    String trained = head(spec, train, features(spec, train));
    String put = head(spec, output, features(spec, output));
    String found = features(spec, features);
    return new NetworkText(
        ScriptArchive.of(
            train.function("train", trained),
            output.function("output", put),
            features.function("features", found)),
        train.parameters(),
        train.buffers());
  }

  private static String features(NetworkSpec spec, ForwardText text) {
    return ResNet.write(spec.encoder(), text, text.pixels());
  }

  private static String head(NetworkSpec spec, ForwardText text, String features) {
    int width = ResNet.featureWidth(spec.encoder());
    return switch (spec.head()) {
      case Head.Projection projection -> projection(projection, text, features, width);
      case Head.Classifier classifier -> classifier(classifier, text, features, width);
      case Head.MarginClassifier margin ->
          text.marginLinear("fc", features, width, margin.classes());
      case Head.Joint joint -> {
        String embeddings = projection(joint.projection(), text, features, width);
        boolean through = joint.gradient() == ClassifierGradient.THROUGH;
        String seen = through ? features : text.assign("torch.detach(%s)".formatted(features));
        String logits = classifier(joint.classifier(), text, seen, width);
        yield text.assign("torch.cat([%s, %s], 1)".formatted(embeddings, logits));
      }
      case Head.None none -> features;
    };
  }

  private static String classifier(
      Head.Classifier head, ForwardText text, String features, int width) {
    return text.linear("fc", features, width, head.classes());
  }

  /**
   * Names count layers and the ReLUs between them, as torch.nn.Sequential does. In fp32: embeddings
   * of the first steps differ by less than a step of bfloat16.
   */
  private static String projection(
      Head.Projection head, ForwardText text, String features, int width) {
    String x = head.spec().normalizeInput() ? text.unitRows(features) : features;
    long in = width;
    int position = 0;
    for (int out : head.spec().hidden()) {
      x = text.relu(text.linear("head." + position, x, in, out));
      in = out;
      position += 2;
    }
    return text.unitRows(text.linear("head." + position, x, in, head.spec().dimension()));
  }
}
