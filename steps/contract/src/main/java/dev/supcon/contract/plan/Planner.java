package dev.supcon.contract.plan;

import dev.supcon.contract.spec.CorruptionSpec;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.EncoderSpec;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.LinearSpec;
import dev.supcon.contract.spec.TrainingSetSpec;
import dev.supcon.contract.spec.TransferSpec;
import dev.supcon.contract.step.StepHeader;
import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepRequest;
import dev.supcon.contract.step.ViewKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a resolved experiment: a pure function. */
public final class Planner {
  private final ResolvedExperiment resolved;
  private final ExperimentSpec spec;
  private final List<PlannedStep> steps = new ArrayList<>();

  private Planner(ResolvedExperiment resolved) {
    this.resolved = resolved;
    this.spec = resolved.experiment().spec();
  }

  /** The steps that the experiment takes, each with its key. */
  public static Plan plan(ResolvedExperiment resolved) {
    Planner planner = new Planner(resolved);
    PlannedStep data = planner.augment("augment", planner.spec.data());
    PlannedStep encoder = planner.pretrain(data);
    PlannedStep classifier =
        resolved
            .experiment()
            .linear()
            .map(linear -> planner.linear(linear, data, encoder))
            .orElse(encoder);
    Optional.ofNullable(planner.spec.corruption())
        .ifPresent(corruption -> planner.corruption(corruption, data, encoder, classifier));
    planner.spec.transfer().forEach(transfer -> planner.transfer(transfer, encoder));
    return new Plan(resolved.name(), planner.steps);
  }

  /** The key is the data's alone: neither seed nor rerun token, nor what it is called or lies. */
  private PlannedStep augment(String name, DataSpec data) {
    String digest = resolved.digest(data);
    String decoder = data.format().embedded() ? "none" : resolved.decoder();
    StepKey key =
        new KeyMaterial(StepKind.AUGMENT, resolved.codeVersion(StepKind.AUGMENT))
            .with("format", data.format())
            .with("imageSize", data.imageSize())
            .with("holdout", data.holdout())
            .with("digest", digest)
            .with("decoder", decoder)
            .key();
    Optional<PlannedStep> same = steps.stream().filter(step -> step.key().equals(key)).findFirst();
    return same.orElseGet(
        () -> {
          StepHeader header = header(name, StepKind.AUGMENT, key, 0, Map.of());
          return add(new StepRequest.Augment(header, data.packed(), digest, decoder), Map.of());
        });
  }

  private PlannedStep pretrain(PlannedStep data) {
    Map<String, PlannedStep> inputs = Map.of("data", data);
    EncoderSpec encoder = resolved.encoder();
    StepKey key =
        material(StepKind.PRETRAIN, inputs)
            .with("views", ViewKey.of(spec.views()))
            .with("encoder", encoder.determinants())
            .with("projection", spec.projection())
            .with("pretrain", PretrainKey.of(resolved.pretrain()))
            .with("data", training())
            .key();
    StepHeader header = header("pretrain", StepKind.PRETRAIN, key, spec.seed(), inputs);
    return add(
        new StepRequest.Pretrain(
            header,
            training(),
            spec.views(),
            encoder,
            spec.projection(),
            resolved.pretrain(),
            null),
        inputs);
  }

  private PlannedStep linear(LinearSpec linear, PlannedStep data, PlannedStep encoder) {
    Map<String, PlannedStep> inputs = Map.of("data", data, "encoder", encoder);
    StepKey key =
        material(StepKind.LINEAR, inputs).with("linear", linear).with("data", training()).key();
    StepHeader header = header("linear", StepKind.LINEAR, key, spec.seed(), inputs);
    return add(new StepRequest.Linear(header, training(), spec.encoder(), linear), inputs);
  }

  private void corruption(
      CorruptionSpec corruption, PlannedStep data, PlannedStep encoder, PlannedStep classifier) {
    Map<String, PlannedStep> inputs =
        Map.of("data", data, "encoder", encoder, "classifier", classifier);
    StepKey key = material(StepKind.CORRUPTION, inputs).with("corruption", corruption).key();
    StepHeader header = header("corruption", StepKind.CORRUPTION, key, spec.seed(), inputs);
    add(new StepRequest.Corruption(header, spec.encoder(), corruption), inputs);
  }

  /** The data set's name is in the key because the metrics are called by it. */
  private void transfer(TransferSpec transfer, PlannedStep encoder) {
    String dataName = transfer.data().name();
    Map<String, PlannedStep> inputs =
        Map.of("data", augment("augment-" + dataName, transfer.data()), "encoder", encoder);
    StepKey key =
        material(StepKind.TRANSFER, inputs)
            .with("dataName", dataName)
            .with("l2", transfer.l2())
            .key();
    StepHeader header = header("transfer-" + dataName, StepKind.TRANSFER, key, spec.seed(), inputs);
    add(new StepRequest.Transfer(header, spec.encoder(), transfer), inputs);
  }

  private @Nullable TrainingSetSpec training() {
    return spec.data().training().orElse(null);
  }

  private KeyMaterial material(StepKind kind, Map<String, PlannedStep> inputs) {
    return new KeyMaterial(kind, resolved.codeVersion(kind))
        .with("seed", spec.seed())
        .with("inputs", keys(inputs))
        .with("rerunToken", resolved.rerunToken().orElse(null));
  }

  private static Map<String, StepKey> keys(Map<String, PlannedStep> inputs) {
    Map<String, StepKey> keys = new TreeMap<>();
    inputs.forEach((role, step) -> keys.put(role, step.key()));
    return keys;
  }

  private StepHeader header(
      String name, StepKind kind, StepKey key, long seed, Map<String, PlannedStep> inputs) {
    return new StepHeader(
        resolved.name(), name, key, resolved.codeVersion(kind), seed, keys(inputs));
  }

  private PlannedStep add(StepRequest request, Map<String, PlannedStep> inputs) {
    List<String> dependsOn =
        inputs.values().stream().map(PlannedStep::name).distinct().sorted().toList();
    PlannedStep step = new PlannedStep(request, dependsOn);
    steps.add(step);
    return step;
  }
}
