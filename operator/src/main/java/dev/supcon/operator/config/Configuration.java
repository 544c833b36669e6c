package dev.supcon.operator.config;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The administrator's file.
 *
 * @param namespaces tenants by namespace; {@code *} is every namespace that has no entry
 * @param runtimes where steps can run, by the name that a spec says
 */
public record Configuration(Map<String, Tenant> namespaces, Map<String, StepRuntime> runtimes) {
  static final String OTHERS = "*";

  /** Missing values become none. */
  public Configuration {
    namespaces = Present.of(namespaces);
    runtimes = Present.of(runtimes);
  }

  /** What that namespace may use; empty when the administrator gave it nothing. */
  public Optional<Tenant> tenant(String namespace) {
    @Nullable Tenant own = namespaces.get(namespace);
    return Optional.ofNullable(own == null ? namespaces.get(OTHERS) : own)
        .map(tenant -> tenant.in(namespace));
  }

  /** The runtime of that name, where the tenant may use it. */
  public Optional<StepRuntime> runtime(Tenant tenant, String name) {
    return tenant.runtimes().contains(name)
        ? Optional.ofNullable(runtimes.get(name))
        : Optional.empty();
  }
}
