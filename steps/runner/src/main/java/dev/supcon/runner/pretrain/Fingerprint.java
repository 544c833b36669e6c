package dev.supcon.runner.pretrain;

import dev.supcon.contract.spec.PretrainSpec;
import dev.supcon.contract.step.ContractJson;
import dev.supcon.contract.step.Sha256;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.contract.step.ViewKey;
import dev.supcon.runner.data.PackedIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Digests of what goes in and of what comes out. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * What determines a training run from its first step on. Where it stops is no part of it, so that
   * a run stopped after few epochs can go on.
   */
  static String of(StepRequest.Pretrain request, PackedIndex data) {
    PretrainSpec pretrain = request.pretrain();
    Map<String, Object> determinants = new TreeMap<>();
    determinants.put("codeVersion", request.header().codeVersion());
    determinants.put("seed", request.header().seed());
    determinants.put("data", data.digest());
    if (request.data() != null) {
      determinants.put("training", request.data());
    }
    determinants.put("views", ViewKey.of(request.views()));
    determinants.put("encoder", request.encoder().determinants());
    determinants.put("projection", request.projection());
    determinants.put("loss", pretrain.loss());
    determinants.put("batchSize", pretrain.batchSize());
    if (!pretrain.batches().shuffled()) {
      determinants.put("batches", pretrain.batches());
    }
    determinants.put("epochs", pretrain.epochs());
    determinants.put("optimizer", pretrain.optimizer());
    determinants.put(
        "clipNorm", Optional.ofNullable(pretrain.clipNorm()).map(Object::toString).orElse("none"));
    determinants.put(
        "chunkSize",
        Optional.ofNullable(pretrain.chunkSize()).map(Object::toString).orElse("none"));
    if (pretrain.deviceCount() > 1) {
      determinants.put("devices", pretrain.deviceCount());
    }
    determinants.put(
        "memory", Optional.ofNullable(pretrain.memory()).map(Object::toString).orElse("none"));
    determinants.put("warmupEpochs", pretrain.warmupEpochs());
    determinants.put("schedule", pretrain.schedule());
    return Sha256.of(ContractJson.write(determinants));
  }

  /** SHA-256 of a file. */
  static String of(Path file) {
    try {
      return Sha256.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read back " + file, e);
    }
  }
}
