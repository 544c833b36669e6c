package dev.supcon.operator.reconcile;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the Deployment says: places of mounted files, and who this process is. */
@Singleton
final class Settings {
  private final Path configuration;
  private final Path credentials;
  private final String pod;
  private final String namespace;
  private final String lease;

  /**
   * @param configuration the administrator's file, {@code SUPCON_CONFIG}
   * @param credentials folder of the operator's own, {@code SUPCON_CREDENTIALS}
   */
  @Inject
  Settings(
      @ConfigProperty(name = "supcon.config", defaultValue = "/etc/supcon/config/config.yaml")
          Path configuration,
      @ConfigProperty(name = "supcon.credentials", defaultValue = "/etc/supcon") Path credentials,
      @ConfigProperty(name = "pod.name", defaultValue = "supcon-operator") String pod,
      @ConfigProperty(name = "pod.namespace", defaultValue = "default") String namespace,
      @ConfigProperty(name = "supcon.lease", defaultValue = "supcon-operator") String lease) {
    this.configuration = configuration;
    this.credentials = credentials;
    this.pod = pod;
    this.namespace = namespace;
    this.lease = lease;
  }

  Path configuration() {
    return configuration;
  }

  Path credentials() {
    return credentials;
  }

  String pod() {
    return pod;
  }

  String namespace() {
    return namespace;
  }

  String lease() {
    return lease;
  }
}
