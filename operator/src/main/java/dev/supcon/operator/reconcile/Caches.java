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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One informer for Jobs and one for pods, both by our label. A Job concerns its owner and all that
 * need its key, which no owner reference says; so both are found by an index of keys.
 */
final class Caches implements Neighbours.Cluster {
  private static final String BY_KEY = "key";
  private static final String BY_EXPERIMENT = "experiment";

  private final IndexerResourceCache<SupConExperiment> experiments;
  private final InformerEventSource<Job, SupConExperiment> jobs;
  private final InformerEventSource<Pod, SupConExperiment> pods;
  private final Set<ResourceID> made =
      ConcurrentHashMap.newKeySet(); // and not seen by the informer

  private Caches(
      IndexerResourceCache<SupConExperiment> experiments,
      InformerEventSource<Job, SupConExperiment> jobs,
      InformerEventSource<Pod, SupConExperiment> pods) {
    this.experiments = experiments;
    this.jobs = jobs;
    this.pods = pods;
  }

  static Caches of(EventSourceContext<SupConExperiment> context, Interests interests) {
    return new Caches(
        context.getPrimaryCache(),
        source(Job.class, context, interests),
        source(Pod.class, context, interests));
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

  private static Set<ResourceID> concerned(HasMetadata seen, Interests interests) {
    String namespace = seen.getMetadata().getNamespace();
    Set<ResourceID> concerned = new HashSet<>(interests.of(namespace, label(seen, Labels.KEY)));
    owner(seen).ifPresent(name -> concerned.add(new ResourceID(name, namespace)));
    return concerned;
  }

  private static Optional<String> owner(HasMetadata seen) {
    return seen.getMetadata().getOwnerReferences().stream()
        .filter(
            reference -> reference.getKind().equals(HasMetadata.getKind(SupConExperiment.class)))
        .map(OwnerReference::getName)
        .findFirst();
  }

  private static String label(HasMetadata seen, String name) {
    return Optional.ofNullable(seen.getMetadata().getLabels())
        .map(labels -> labels.get(name))
        .orElse("");
  }

  private static String place(HasMetadata seen, String value) {
    return place(seen.getMetadata().getNamespace(), value);
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
    made.add(id);
  }

  /** Jobs and pods of the keys, whoever owns them, and all of the experiment. */
  ClusterView view(ResourceID experiment, Set<String> keys) {
    List<Job> seen = seen(jobs, experiment, keys);
    Set<ResourceID> shown = seen.stream().map(ResourceID::fromResource).collect(toSet());
    made.removeAll(shown);
    List<Job> fresh =
        made.stream()
            .filter(id -> id.getNamespace().equals(experiment.getNamespace()))
            .flatMap(id -> fresh(id).stream())
            .filter(
                job ->
                    keys.contains(label(job, Labels.KEY))
                        || owner(job).filter(experiment.getName()::equals).isPresent())
            .toList();
    return new ClusterView(
        Stream.concat(seen.stream(), fresh.stream()).toList(), seen(pods, experiment, keys));
  }

  /** It may have been deleted since. */
  private Optional<Job> fresh(ResourceID id) {
    Optional<Job> there = jobs.get(id);
    if (there.isEmpty()) {
      made.remove(id);
    }
    return there;
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

  /** All Jobs of experiments in a namespace, for its cap; a label alone makes no such Job. */
  List<Job> jobs(String namespace) {
    return jobs.list(namespace).filter(job -> owner(job).isPresent()).toList();
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
