package dev.supcon.contract.spec;

import java.util.ArrayList;
import java.util.List;

/** Rules about how a batch meets the network and its memory. */
final class BatchRules {
  private static final String PATH = "spec.pretrain.";

  private final PretrainSpec pretrain;
  private final List<Violation> violations = new ArrayList<>();

  private BatchRules(PretrainSpec pretrain) {
    this.pretrain = pretrain;
  }

  static List<Violation> violations(PretrainSpec pretrain) {
    BatchRules rules = new BatchRules(pretrain);
    rules.composition();
    rules.devices();
    rules.chunks();
    rules.memory();
    return rules.violations;
  }

  private void composition() {
    BatchComposition composition = pretrain.batches().composition();
    Integer samples = pretrain.batches().samplesPerClass();
    boolean byClasses = composition == BatchComposition.CLASSES_TIMES_SAMPLES;
    if (byClasses && samples == null) {
      refuse(
          "batches.composition",
          "is classesTimesSamples without %sbatches.samplesPerClass".formatted(PATH),
          "write how many images of each class a batch has");
    }
    if (samples == null || composition == BatchComposition.UNKNOWN) {
      return;
    }
    if (!byClasses) {
      refuse(
          "batches.samplesPerClass",
          "has no meaning when %sbatches.composition is %s"
              .formatted(PATH, FieldShape.Word.of(composition)),
          "remove it, or write classesTimesSamples");
    } else if (samples > 0 && pretrain.batchSize() % samples != 0) {
      refuse(
          "batches.samplesPerClass",
          "is %d, which does not divide %sbatchSize (%d)"
              .formatted(samples, PATH, pretrain.batchSize()),
          "write a divisor of it");
    }
  }

  private void devices() {
    int devices = pretrain.deviceCount();
    if (devices < 2) {
      return;
    }
    if (pretrain.batchSize() % devices != 0) {
      refuse(
          "devices",
          "is %d, which does not divide %sbatchSize (%d)"
              .formatted(devices, PATH, pretrain.batchSize()),
          "write a divisor of it");
    } else if (pretrain.batchSize() < 2 * devices) {
      refuse(
          "devices",
          "is %d, so that each gets fewer than 2 images of %sbatchSize (%d)"
              .formatted(devices, PATH, pretrain.batchSize()),
          "write a smaller one");
    }
    if (pretrain.memory() != null) {
      refuse(
          "devices",
          "is %d, but %smemory works on one device".formatted(devices, PATH),
          "write 1, or remove the memory");
    }
  }

  private void chunks() {
    Integer chunk = pretrain.chunkSize();
    if (chunk == null) {
      return;
    }
    if (chunk > 0 && pretrain.batchSize() % chunk != 0) {
      refuse(
          "chunkSize",
          "is %d, which does not divide %sbatchSize (%d)"
              .formatted(chunk, PATH, pretrain.batchSize()),
          "write a divisor of it");
    }
    int images = pretrain.batchSize() / Math.max(1, pretrain.deviceCount());
    if (chunk > 0 && pretrain.batchSize() % chunk == 0 && images % chunk != 0) {
      refuse(
          "chunkSize",
          "is %d, which does not divide the images of each of the devices (%d)"
              .formatted(chunk, images),
          "write a divisor of that");
    }
    if (pretrain.memory() != null) {
      refuse(
          "chunkSize",
          "has no meaning beside %smemory, whose batches are small".formatted(PATH),
          "remove one of the two");
    }
  }

  private void memory() {
    MemorySpec memory = pretrain.memory();
    if (memory == null) {
      return;
    }
    if (pretrain.batchSize() > 0 && memory.size() % pretrain.batchSize() != 0) {
      refuse(
          "memory.size",
          "is %d, no multiple of %sbatchSize (%d)"
              .formatted(memory.size(), PATH, pretrain.batchSize()),
          "write a multiple of it");
    }
    if (!plain(pretrain.loss())) {
      refuse(
          "memory",
          "is defined for the loss supCon in its plain form: positives outside, anchors and"
              + " denominator all, no cap and no class weights",
          "remove it, or write such a loss");
    }
  }

  private static boolean plain(LossSpec loss) {
    return loss.type() == LossType.SUP_CON
        && loss.positives() == LossPositives.OUTSIDE
        && loss.anchors() == LossAnchors.ALL
        && loss.denominator() == LossDenominator.ALL
        && loss.classWeights() == ClassWeights.NONE
        && loss.positivesCap() == null;
  }

  private void refuse(String field, String wrong, String instead) {
    violations.add(new Violation(PATH + field, wrong, instead));
  }
}
