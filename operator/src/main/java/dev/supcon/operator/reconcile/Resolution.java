package dev.supcon.operator.reconcile;

import dev.supcon.contract.plan.ResolvedExperiment;
import dev.supcon.contract.spec.CheckedExperiment;
import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.spec.RerunSpec;
import dev.supcon.contract.step.ImageDecoding;
import dev.supcon.contract.step.StepKind;
import dev.supcon.operator.api.ResolvedStatus;
import dev.supcon.operator.mirror.Digest;
import dev.supcon.operator.mirror.Mirror;
import dev.supcon.operator.mirror.Unknown;
import dev.supcon.operator.observe.Times;
import dev.supcon.operator.status.Outlook;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a plan needs and a spec cannot know: as it was pinned, or asked of the mirror. */
record Resolution(ResolvedStatus pinned, ResolvedExperiment experiment) {

  /** What is known of it. */
  sealed interface Known {

    record Found(Resolution resolution) implements Known {}

    record Open(Outlook outlook) implements Known {}
  }

  /** When it was made. */
  Instant madeAt() {
    return Instant.parse(pinned.at());
  }

  static Known of(Subject subject, CheckedExperiment checked, Grants grants, Mirror mirror) {
    return subject
        .previous()
        .resolvedFor(subject.generation())
        .filter(pinned -> whole(pinned, checked))
        .<Known>map(pinned -> found(subject, checked, pinned))
        .orElseGet(() -> ask(subject, checked, grants, mirror));
  }

  /** A status is ours, but an administrator may have had a hand in it. */
  private static boolean whole(ResolvedStatus pinned, CheckedExperiment checked) {
    Set<String> known =
        pinned.digests().stream().map(ResolvedStatus.Digest::name).collect(Collectors.toSet());
    return Times.read(pinned.at()).isPresent()
        && checked.dataSets().stream().allMatch(data -> known.contains(data.name()));
  }

  private static Known found(Subject subject, CheckedExperiment checked, ResolvedStatus pinned) {
    Map<String, String> digests =
        pinned.digests().stream()
            .collect(
                Collectors.toMap(
                    ResolvedStatus.Digest::name,
                    ResolvedStatus.Digest::digest,
                    (one, same) -> one));
    return new Known.Found(
        new Resolution(
            pinned,
            new ResolvedExperiment(
                subject.name(),
                checked,
                digests,
                pinned.decoder(),
                codeVersions(pinned),
                Objects.requireNonNullElse(pinned.devices(), 1))));
  }

  private static Map<StepKind, Integer> codeVersions(ResolvedStatus pinned) {
    Map<StepKind, Integer> versions = new EnumMap<>(StepKind.class);
    for (StepKind kind : StepKind.values()) {
      pinned.codeVersions().stream()
          .filter(version -> version.kind().equals(kind.word()))
          .forEach(version -> versions.put(kind, version.version()));
    }
    return versions;
  }

  private static Known ask(
      Subject subject, CheckedExperiment checked, Grants grants, Mirror mirror) {
    List<ResolvedStatus.Digest> digests = new ArrayList<>();
    for (DataSpec data : checked.dataSets()) {
      switch (mirror.digest(subject.id(), grants.whereabouts(), data)) {
        case Digest.Known known -> digests.add(new ResolvedStatus.Digest(data.name(), known.hex()));
        case Unknown unknown -> {
          return new Known.Open(open(checked.pathOf(data), data, unknown));
        }
      }
    }
    mirror.settle(subject.id());
    return grants
        .unfit(checked, subject.execution())
        .<Known>map(message -> new Known.Open(new Outlook.Unconfigured(message)))
        .orElseGet(() -> found(subject, checked, pin(subject, grants, digests)));
  }

  private static Outlook open(String path, DataSpec data, Unknown unknown) {
    return switch (unknown.why()) {
      case ASKED ->
          new Outlook.Resolving(true, "the digest of data set " + data.name() + " is asked for");
      case REFUSED -> new Outlook.Missing(path + ": " + unknown.detail());
      case UNREACHABLE -> new Outlook.Resolving(false, unknown.detail());
    };
  }

  private static ResolvedStatus pin(
      Subject subject, Grants grants, List<ResolvedStatus.Digest> digests) {
    return new ResolvedStatus(
        subject.generation(),
        subject.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Optional.ofNullable(subject.experiment().getSpec().rerun())
            .map(RerunSpec::token)
            .orElse(null),
        ImageDecoding.NAME,
        digests,
        Grants.runtimes(subject.execution()).stream()
            .map(name -> new ResolvedStatus.Image(name, grants.runtime(name).image()))
            .toList(),
        Arrays.stream(StepKind.values())
            .map(kind -> new ResolvedStatus.CodeVersion(kind.word(), kind.codeVersion()))
            .toList(),
        several(grants.devices(subject.execution())));
  }

  private static @Nullable Integer several(int devices) {
    return devices > 1 ? devices : null;
  }
}
