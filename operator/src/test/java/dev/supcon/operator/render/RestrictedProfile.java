package dev.supcon.operator.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Every rule of Pod Security's profiles "baseline" and "restricted", version latest, for Linux
 * pods: <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">the
 * standards</a>.
 */
final class RestrictedProfile {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret",
          "image");
  private static final Set<String> SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range");
  private static final Set<String> SELINUX =
      Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  private final JsonNode pod;
  private final List<String> violations = new ArrayList<>();

  private RestrictedProfile(JsonNode pod) {
    this.pod = pod;
  }

  static List<String> violations(JsonNode pod) {
    RestrictedProfile profile = new RestrictedProfile(pod);
    profile.pod();
    profile.volumes();
    for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
      pod.path(kind).forEach(profile::container);
    }
    return profile.violations;
  }

  private void pod() {
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      unless(!pod.path(host).asBoolean(), host);
    }
    JsonNode context = pod.path("securityContext");
    context.path("sysctls").forEach(one -> in(SYSCTLS, one.path("name"), "sysctls"));
    unless(!context.path("windowsOptions").path("hostProcess").asBoolean(), "hostProcess");
    shared(context);
  }

  private void volumes() {
    for (JsonNode volume : pod.path("volumes")) {
      volume
          .properties()
          .forEach(
              field ->
                  unless(
                      field.getKey().equals("name") || VOLUMES.contains(field.getKey()),
                      "volume " + field.getKey()));
    }
  }

  private void container(JsonNode container) {
    JsonNode context = container.path("securityContext");
    unless(!context.path("privileged").asBoolean(), "privileged");
    unless(
        context.has("allowPrivilegeEscalation")
            && !context.path("allowPrivilegeEscalation").asBoolean(),
        "allowPrivilegeEscalation");
    unless(either(context, "runAsNonRoot").asBoolean(), "runAsNonRoot");
    unless(
        Set.of("RuntimeDefault", "Localhost")
            .contains(either(context, "seccompProfile").path("type").asText()),
        "seccompProfile");
    capabilities(context.path("capabilities"));
    in(Set.of("", "Default"), context.path("procMount"), "procMount");
    container.path("ports").forEach(port -> unless(port.path("hostPort").asInt() == 0, "hostPort"));
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      unless(container.path(probe).path("httpGet").path("host").asText().isEmpty(), probe);
    }
    shared(context);
  }

  /** The container's own word, else the pod's. */
  private JsonNode either(JsonNode context, String field) {
    return context.has(field) ? context.get(field) : pod.path("securityContext").path(field);
  }

  private void capabilities(JsonNode capabilities) {
    unless(words(capabilities.path("drop")).contains("ALL"), "capabilities.drop");
    unless(
        Set.of("NET_BIND_SERVICE").containsAll(words(capabilities.path("add"))),
        "capabilities.add");
  }

  private void shared(JsonNode context) {
    unless(!context.has("runAsNonRoot") || context.get("runAsNonRoot").asBoolean(), "non-root");
    unless(!context.has("runAsUser") || context.get("runAsUser").asLong() != 0, "runAsUser");
    unless(!context.path("seccompProfile").path("type").asText().equals("Unconfined"), "seccomp");
    JsonNode selinux = context.path("seLinuxOptions");
    in(SELINUX, selinux.path("type"), "seLinuxOptions.type");
    unless(!selinux.has("user") && !selinux.has("role"), "seLinuxOptions");
    in(
        Set.of("", "RuntimeDefault", "Localhost"),
        context.path("appArmorProfile").path("type"),
        "appArmorProfile");
  }

  private static List<String> words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void in(Set<String> allowed, JsonNode value, String rule) {
    unless(allowed.contains(value.asText()), rule);
  }

  private void unless(boolean obeyed, String rule) {
    if (!obeyed) {
      violations.add(rule);
    }
  }
}
