package dev.supcon.operator.reconcile;

import static java.util.stream.Collectors.toSet;

import dev.supcon.operator.api.Labels;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.observe.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One informer for Jobs and one for pods, both by our label. A Job concerns its owner and all that
 * need its key, which no owner reference says; so both are found by an index of keys.
 */
final class Caches implements Neighbours.Cluster, Slots.Jobs {
  private static final String BY_KEY = "key";
  private static final String BY_EXPERIMENT = "experiment";
  private static final String ACTIVE = "active";
  private static final String KIND = HasMetadata.getKind(SupConExperiment.class);

  private final IndexerResourceCache<SupConExperiment> experiments;
  private final InformerEventSource<Job, SupConExperiment> jobs;
  private final InformerEventSource<Pod, SupConExperiment> pods;
  private final Map<String, Set<ResourceID>> made =
      new ConcurrentHashMap<>(); // and not seen by the informer, by places

  private Caches(
      IndexerResourceCache<SupConExperiment> experiments,
      InformerEventSource<Job, SupConExperiment> jobs,
      InformerEventSource<Pod, SupConExperiment> pods) {
    this.experiments = experiments;
    this.jobs = jobs;
    this.pods = pods;
  }

  static Caches of(EventSourceContext<SupConExperiment> context, Interests interests) {
    InformerEventSource<Job, SupConExperiment> jobs = source(Job.class, context, interests);
    jobs.addIndexers(Map.of(ACTIVE, job -> active(job) ? List.of(namespace(job)) : List.of()));
    return new Caches(context.getPrimaryCache(), jobs, source(Pod.class, context, interests));
  }

  /** A label alone makes no Job of an experiment. */
  private static boolean active(Job job) {
    return owner(job).isPresent() && JobEnds.end(job).isEmpty();
  }

  private static <R extends HasMetadata> InformerEventSource<R, SupConExperiment> source(
      Class<R> type, EventSourceContext<SupConExperiment> context, Interests interests) {
    InformerEventSource<R, SupConExperiment> source =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(type, SupConExperiment.class)
                .withName(type.getSimpleName())
                .withLabelSelector(Labels.KEY)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(seen -> concerned(seen, interests))
                .withPrimaryToSecondaryMapper(experiment -> Set.of())
                .withOnUpdateFilter(Sight::changed)
                .build(),
            context);
    Map<String, Function<R, List<String>>> indexes = new LinkedHashMap<>();
    indexes.put(BY_KEY, seen -> List.of(place(seen, label(seen, Labels.KEY))));
    indexes.put(BY_EXPERIMENT, seen -> List.of(place(seen, label(seen, Labels.EXPERIMENT))));
    source.addIndexers(indexes);
    return source;
  }

  private static String namespace(HasMetadata seen) {
    return seen.getMetadata().getNamespace();
  }

  private static Set<ResourceID> concerned(HasMetadata seen, Interests interests) {
    String namespace = namespace(seen);
    Set<ResourceID> concerned = new HashSet<>(interests.of(namespace, label(seen, Labels.KEY)));
    owner(seen).ifPresent(name -> concerned.add(new ResourceID(name, namespace)));
    return concerned;
  }

  private static Optional<String> owner(HasMetadata seen) {
    return seen.getMetadata().getOwnerReferences().stream()
        .filter(reference -> reference.getKind().equals(KIND))
        .map(OwnerReference::getName)
        .findFirst();
  }

  private static String label(HasMetadata seen, String name) {
    return Optional.ofNullable(seen.getMetadata().getLabels())
        .map(labels -> labels.get(name))
        .orElse("");
  }

  private static String place(HasMetadata seen, String value) {
    return place(namespace(seen), value);
  }

  private static String place(String namespace, String value) {
    return namespace + "/" + value;
  }

  List<EventSource<?, SupConExperiment>> sources() {
    return List.of(jobs, pods);
  }

  /** A Job that was just made: from now on it is to be seen. */
  void made(Job job) {
    ResourceID id = ResourceID.fromResource(job);
    jobs.handleRecentResourceCreate(id, job);
    for (String name : List.of(Labels.KEY, Labels.EXPERIMENT)) {
      made.compute(place(job, label(job, name)), (place, ids) -> with(ids, id));
    }
  }

  private static Set<ResourceID> with(@Nullable Set<ResourceID> ids, ResourceID id) {
    Set<ResourceID> there = ids == null ? ConcurrentHashMap.newKeySet() : ids;
    there.add(id);
    return there;
  }

  /** Jobs and pods of the keys, whoever owns them, and all of the experiment. */
  ClusterView view(ResourceID experiment, Set<String> keys) {
    List<Job> shown = seen(jobs, experiment, keys);
    List<Job> unseen =
        unseen(experiment, keys, shown.stream().map(ResourceID::fromResource).collect(toSet()));
    return new ClusterView(
        Stream.concat(shown.stream(), unseen.stream()).toList(), seen(pods, experiment, keys));
  }

  /** Those that were made and that the informer does not show yet. */
  private List<Job> unseen(ResourceID experiment, Set<String> keys, Set<ResourceID> shown) {
    String namespace = experiment.getNamespace().orElse("");
    return Stream.concat(Stream.of(Labels.value(experiment.getName())), keys.stream())
        .map(value -> made.computeIfPresent(place(namespace, value), (at, ids) -> left(ids, shown)))
        .filter(Objects::nonNull)
        .flatMap(Set::stream)
        .distinct()
        .flatMap(id -> jobs.get(id).stream())
        .toList();
  }

  /** Without those that are shown, and those that have been deleted since. */
  private @Nullable Set<ResourceID> left(Set<ResourceID> ids, Set<ResourceID> shown) {
    ids.removeIf(id -> shown.contains(id) || jobs.get(id).isEmpty());
    return ids.isEmpty() ? null : ids;
  }

  private static <R extends HasMetadata> List<R> seen(
      InformerEventSource<R, SupConExperiment> source, ResourceID experiment, Set<String> keys) {
    String namespace = experiment.getNamespace().orElse("");
    Map<String, R> found = new LinkedHashMap<>();
    source
        .byIndex(BY_EXPERIMENT, place(namespace, Labels.value(experiment.getName())))
        .forEach(one -> found.put(one.getMetadata().getName(), one));
    for (String key : keys) {
      source
          .byIndex(BY_KEY, place(namespace, key))
          .forEach(one -> found.put(one.getMetadata().getName(), one));
    }
    return List.copyOf(found.values());
  }

  @Override
  public Set<String> active(String namespace) {
    return jobs.byIndex(ACTIVE, namespace).stream()
        .map(job -> job.getMetadata().getName())
        .collect(toSet());
  }

  @Override
  public boolean ended(String namespace, String job) {
    return jobs.get(new ResourceID(job, namespace)).flatMap(JobEnds::end).isPresent();
  }

  /** When a Job was made, if it is there. */
  Optional<Instant> madeAt(String namespace, String job) {
    return jobs.get(new ResourceID(job, namespace))
        .map(found -> Instant.parse(found.getMetadata().getCreationTimestamp()));
  }

  /** The Jobs that an experiment owns. */
  List<Job> own(Subject subject) {
    return view(subject.id(), Set.of()).jobs().stream().filter(subject::owns).toList();
  }

  @Override
  public boolean stays(ResourceID id, String uid) {
    return experiments
        .get(id)
        .filter(there -> there.getMetadata().getUid().equals(uid) && !there.isMarkedForDeletion())
        .isPresent();
  }

  @Override
  public List<SupConExperiment> experiments() {
    return experiments.list().toList();
  }
}
