package dev.supcon.services.track;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * Where a tracking server is and who we are there.
 *
 * @param url without credentials and without a slash at its end: this may be shown
 */
record MlflowAddress(String url, String user, String password, String token) {

  /**
   * @param written may hold {@code user:password@}, which goes before the environment's
   * @param environment with the credentials that MLflow's clients read
   * @throws StepFailure {@code USAGE} when it is no address of a server
   */
  static MlflowAddress of(String written, Map<String, String> environment) {
    String shown = written.strip().replaceFirst("//[^/]*@", "//").replaceFirst("/+$", "");
    Optional<URI> uri = parsed(written.strip());
    if (uri.isEmpty()) {
      throw new StepFailure(
          ExitCode.USAGE,
          "No MLflow server can be at %s; write http://host:port or https://host."
              .formatted(shown));
    }
    String[] own = Optional.ofNullable(uri.get().getUserInfo()).orElse("").split(":", 2);
    if (!own[0].isEmpty()) {
      return new MlflowAddress(shown, own[0], own.length > 1 ? own[1] : "", "");
    }
    return new MlflowAddress(
        shown,
        environment.getOrDefault("MLFLOW_TRACKING_USERNAME", ""),
        environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", ""),
        environment.getOrDefault("MLFLOW_TRACKING_TOKEN", ""));
  }

  private static Optional<URI> parsed(String written) {
    try {
      URI uri = new URI(written);
      boolean server = uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?");
      return server ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  BasicMlflowHostCreds credentials() {
    if (!token.isEmpty()) {
      return new BasicMlflowHostCreds(url, token);
    }
    return user.isEmpty()
        ? new BasicMlflowHostCreds(url)
        : new BasicMlflowHostCreds(url, user, password);
  }

  /** The header {@code Authorization} of a request. */
  Optional<String> authorization() {
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  @Override
  public String toString() {
    return url;
  }
}
