package dev.supcon.operator.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one namespace may use.
 *
 * @param store its own prefix, such as {@code s3://bucket/team-a}; nobody else writes there
 * @param s3Endpoint URL of the S3 server of store and data; absent: Amazon's
 * @param mlflow URL of the tracking server; absent: runs are not tracked
 * @param dataPrefixes where its data may lie
 * @param runtimes names of the runtimes that it may use
 * @param maxActiveSteps how many of its steps may act at a time
 */
public record Tenant(
    String store,
    @Nullable String s3Endpoint,
    @Nullable String mlflow,
    List<String> dataPrefixes,
    List<String> runtimes,
    Integer maxActiveSteps) {
  static final String NAMESPACE = "{namespace}";

  /** Missing values become the defaults. */
  public Tenant {
    store = store == null ? "" : store;
    dataPrefixes = Present.of(dataPrefixes);
    runtimes = runtimes == null ? List.of("default") : Present.of(runtimes);
    maxActiveSteps = maxActiveSteps == null ? 100 : maxActiveSteps;
  }

  /** Whether its data may lie at that address. */
  public boolean mayRead(String s3) {
    return dataPrefixes.stream().anyMatch(prefix -> lies(s3, prefix));
  }

  /** Below a prefix, not merely beside it: {@code s3://b/a} does not hold {@code s3://b/ab}. */
  static boolean lies(String address, String prefix) {
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    return (address.endsWith("/") ? address : address + "/").startsWith(folder);
  }

  /** With the namespace's name where the administrator wrote {@value #NAMESPACE}. */
  Tenant in(String namespace) {
    return new Tenant(
        store.replace(NAMESPACE, namespace),
        s3Endpoint,
        mlflow,
        dataPrefixes.stream().map(prefix -> prefix.replace(NAMESPACE, namespace)).toList(),
        runtimes,
        maxActiveSteps);
  }
}
