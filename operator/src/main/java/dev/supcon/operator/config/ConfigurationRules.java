package dev.supcon.operator.config;

import dev.supcon.contract.spec.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that the administrator's file must obey as a whole. */
final class ConfigurationRules {
  private static final String STORE =
      "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9{_=+@-][A-Za-z0-9_.=+@{}-]*)*/?";

  private final Faults faults = new Faults();
  private final Configuration configuration;

  private ConfigurationRules(Configuration configuration) {
    this.configuration = configuration;
  }

  static List<Violation> violations(Configuration configuration) {
    ConfigurationRules rules = new ConfigurationRules(configuration);
    configuration.runtimes().forEach(rules::runtime);
    configuration.namespaces().forEach(rules::tenant);
    rules.noTwoTenantsShareAStore();
    return rules.faults.all();
  }

  private void runtime(String name, StepRuntime runtime) {
    String path = "runtimes." + name;
    faults.name(path, name);
    RuntimeRules.check(path, runtime, faults);
  }

  private void tenant(String namespace, Tenant tenant) {
    String path = "namespaces." + namespace;
    if (!namespace.equals(Configuration.OTHERS)) {
      faults.name(path, namespace);
    }
    store(path, namespace, tenant);
    faults.url(path + ".s3Endpoint", tenant.s3Endpoint());
    faults.url(path + ".mlflow", tenant.mlflow());
    faults.range(path + ".maxActiveSteps", tenant.maxActiveSteps(), 1, 10000);
    for (int i = 0; i < tenant.dataPrefixes().size(); i++) {
      faults.unless(
          tenant.dataPrefixes().get(i).matches(STORE),
          path + ".dataPrefixes[" + i + "]",
          "is not an address in S3",
          "write s3://bucket or s3://bucket/prefix");
    }
    runtimes(path + ".runtimes", tenant.runtimes());
  }

  private void store(String path, String namespace, Tenant tenant) {
    faults.unless(
        tenant.store().matches(STORE),
        path + ".store",
        "is not an address in S3",
        "write s3://bucket/prefix");
    faults.unless(
        !namespace.equals(Configuration.OTHERS) || tenant.store().contains(Tenant.NAMESPACE),
        path + ".store",
        "is one store for many namespaces, so that each could poison the others' results",
        "write " + Tenant.NAMESPACE + " in it");
  }

  private void runtimes(String path, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      faults.unless(
          configuration.runtimes().containsKey(names.get(i)),
          path + "[" + i + "]",
          "is \"" + names.get(i) + "\", which is no runtime",
          "write one of " + configuration.runtimes().keySet());
    }
  }

  private void noTwoTenantsShareAStore() {
    List<Map.Entry<String, Tenant>> tenants =
        configuration.namespaces().entrySet().stream()
            .filter(entry -> !entry.getKey().equals(Configuration.OTHERS))
            .toList();
    for (int i = 0; i < tenants.size(); i++) {
      String store = tenants.get(i).getValue().store();
      for (int j = 0; j < i; j++) {
        String earlier = tenants.get(j).getValue().store();
        noOverlap(
            Tenant.lies(store, earlier) || Tenant.lies(earlier, store),
            tenants.get(i).getKey(),
            tenants.get(j).getKey());
      }
      noOverlap(
          lentToOthers(tenants.get(i).getKey(), store),
          tenants.get(i).getKey(),
          Configuration.OTHERS);
    }
  }

  /** What the others' pattern makes of another namespace's name could be this store. */
  private boolean lentToOthers(String namespace, String store) {
    @Nullable Tenant others = configuration.namespaces().get(Configuration.OTHERS);
    if (others == null || others.in(namespace).store().equals(store)) {
      return false;
    }
    int hole = others.store().indexOf(Tenant.NAMESPACE);
    return hole >= 0 && store.startsWith(others.store().substring(0, hole));
  }

  private void noOverlap(boolean overlap, String namespace, String earlier) {
    faults.unless(
        !overlap,
        "namespaces." + namespace + ".store",
        "overlaps with namespaces." + earlier + ".store",
        "write another prefix");
  }
}
