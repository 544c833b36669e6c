package dev.supcon.contract.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the encoder is trained. Defaults: the paper's CIFAR recipe. */
@ValidationRule(
    value = "self.warmupEpochs <= double(self.epochs)",
    message =
        "warmupEpochs is more than epochs; write a smaller one (where it is absent, it is 10)",
    fieldPath = ".warmupEpochs")
@ValidationRule(
    value =
        "!has(self.schedule) || !has(self.schedule.decayEpochs)"
            + " || self.schedule.decayEpochs.all(e, e < self.epochs)",
    message = "an entry of schedule.decayEpochs is not before the last of the epochs")
@ValidationRule(
    value = "!has(self.schedule) || self.schedule.warmupFrom == 0.0 || self.warmupEpochs > 0.0",
    message = "schedule.warmupFrom has no meaning when warmupEpochs is 0; remove it")
@ValidationRule(
    value = "!has(self.chunkSize) || self.batchSize % self.chunkSize == 0",
    message = "batchSize is no multiple of chunkSize")
@ValidationRule(
    value =
        "!has(self.batches) || !has(self.batches.samplesPerClass)"
            + " || self.batchSize % self.batches.samplesPerClass == 0",
    message = "batchSize is no multiple of batches.samplesPerClass")
@ValidationRule(
    value = "!has(self.devices) || self.batchSize % self.devices == 0",
    message = "batchSize is no multiple of devices")
@ValidationRule(
    value = "!has(self.devices) || self.batchSize >= 2 * self.devices",
    message = "devices are so many that each gets fewer than 2 images of the batch")
@ValidationRule(
    value =
        "!has(self.devices) || !has(self.chunkSize)"
            + " || (self.batchSize / self.devices) % self.chunkSize == 0",
    message = "chunkSize does not divide batchSize / devices, the images of a device")
@ValidationRule(
    value = "!has(self.devices) || self.devices == 1 || !has(self.memory)",
    message = "memory works on one device; write devices: 1, or remove one of the two")
@ValidationRule(
    value = "!has(self.memory) || self.memory.size % self.batchSize == 0",
    message = "memory.size is no multiple of batchSize")
@ValidationRule(
    value = "!has(self.memory) || !has(self.chunkSize)",
    message =
        "chunkSize has no meaning beside memory, whose batches are small; remove one of the two")
@ValidationRule(
    value =
        "!has(self.memory) || !has(self.loss) || (self.loss.type == 'supCon'"
            + " && self.loss.positives == 'outside' && self.loss.anchors == 'all'"
            + " && self.loss.denominator == 'all' && self.loss.classWeights == 'none'"
            + " && !has(self.loss.positivesCap))",
    message = "memory is defined for the loss supCon in its plain form; remove it")
@ValidationRule(
    value =
        "!has(self.checkpoints) || !self.checkpoints.keepBest || !has(self.knn)"
            + " || self.knn.everyEpochs > 0",
    message = "checkpoints.keepBest needs knn.everyEpochs of 1 or more")
public record PretrainSpec(
    @JsonPropertyDescription("What is minimised.") LossSpec loss,
    @JsonPropertyDescription(
            "Images per step; a step sees two views of each, one with nPairs, crossEntropy and"
                + " largeMargin.")
        @Min(2)
        @Max(65536)
        @Default("1024")
        Integer batchSize,
    @JsonPropertyDescription("Which images come together.") BatchesSpec batches,
    @JsonPropertyDescription("Length of the schedule.") @Min(1) @Max(100000) @Default("1000")
        Integer epochs,
    @JsonPropertyDescription("How gradients change the parameters.") OptimizerSpec optimizer,
    @JsonPropertyDescription("Epochs of linear warm-up before the schedule.")
        @Min(0)
        @Max(1000)
        @Default("10.0")
        Double warmupEpochs,
    @JsonPropertyDescription("How the learning rate changes.") ScheduleSpec schedule,
    @JsonPropertyDescription(
            "Longest norm of all gradients together; longer ones are shortened to it. Absent: none"
                + " is.")
        @Min(0.000001)
        @Max(1000000)
        @Nullable Double clipNorm,
    @JsonPropertyDescription(
            "Devices that share each batch; divides batchSize. The loss still sees the whole"
                + " batch, batch normalisation the images of a device. Absent: the GPUs of the"
                + " step's runtime, else one.")
        @Min(1)
        @Max(64)
        @Nullable Integer devices,
    @JsonPropertyDescription(
            "Images that are in a device's memory at once, each with its views; divides batchSize /"
                + " devices. The loss still sees the whole batch (GradCache), batch normalisation"
                + " sees a chunk. Absent: all of the device's.")
        @Min(2)
        @Max(65536)
        @Nullable Integer chunkSize,
    @JsonPropertyDescription(
            "Keys of earlier batches as contrast: for small batches. Absent: the batch alone.")
        @Nullable MemorySpec memory,
    @JsonPropertyDescription(
            "Batches in a row whose loss or gradients are not finite that are passed over, and"
                + " counted; one more ends the run. 0: the first one does. Does not change the"
                + " result.")
        @Min(0)
        @Max(1000)
        @Default("5")
        Integer nonFiniteBatches,
    @JsonPropertyDescription("Nearest-neighbour accuracy on the holdout while training.")
        KnnSpec knn,
    @JsonPropertyDescription("Which checkpoints stay.") CheckpointSpec checkpoints,
    @JsonPropertyDescription(
            "Seconds between checkpoints; does not change the result. Absent: what costs least by"
                + " checkpoints.hoursBetweenFailures.")
        @Min(1)
        @Max(86400)
        @Nullable Integer checkpointSeconds) {

  /** Missing values become the defaults; nothing is refused here. */
  public PretrainSpec {
    loss = Defaults.or(loss, Defaults.of(LossSpec.class));
    batchSize = Defaults.or(batchSize, 1024);
    batches = Defaults.or(batches, Defaults.of(BatchesSpec.class));
    epochs = Defaults.or(epochs, 1000);
    optimizer = Defaults.or(optimizer, Defaults.of(OptimizerSpec.class));
    warmupEpochs = Defaults.or(warmupEpochs, 10.0);
    schedule = Defaults.or(schedule, Defaults.of(ScheduleSpec.class));
    nonFiniteBatches = Defaults.or(nonFiniteBatches, 5);
    knn = Defaults.or(knn, Defaults.of(KnnSpec.class));
    checkpoints = Defaults.or(checkpoints, Defaults.of(CheckpointSpec.class));
  }

  /** The same on so many devices. */
  public PretrainSpec withDevices(int count) {
    return new PretrainSpec(
        loss,
        batchSize,
        batches,
        epochs,
        optimizer,
        warmupEpochs,
        schedule,
        clipNorm,
        count,
        chunkSize,
        memory,
        nonFiniteBatches,
        knn,
        checkpoints,
        checkpointSeconds);
  }

  /** How many devices share a batch. */
  public int deviceCount() {
    return Defaults.or(devices, 1);
  }
}
