package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import java.util.Map;

/**
 * Where S3 is and who we are, from the environment: {@code SUPCON_S3_*} first, then {@code AWS_*}.
 *
 * @param endpoint URL of the server
 * @param region of the bucket
 */
public record S3Settings(String endpoint, String region, String accessKey, String secretKey) {

  /**
   * @throws StepFailure {@code CONFIGURATION} naming the variable that is missing
   */
  public static S3Settings of(Map<String, String> environment) {
    String region =
        first(environment, "SUPCON_S3_REGION", "AWS_REGION", "AWS_DEFAULT_REGION", "us-east-1");
    return new S3Settings(
        first(
            environment,
            "SUPCON_S3_ENDPOINT",
            "AWS_ENDPOINT_URL_S3",
            "AWS_ENDPOINT_URL",
            "https://s3." + region + ".amazonaws.com"),
        region,
        secret(environment, "SUPCON_S3_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
        secret(environment, "SUPCON_S3_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"));
  }

  /** Without the secret: this may be logged. */
  @Override
  public String toString() {
    return "S3 at " + endpoint + " (" + region + ")";
  }

  private static String secret(Map<String, String> environment, String ours, String theirs) {
    String value = first(environment, ours, theirs, "");
    if (value.isEmpty()) {
      throw new StepFailure(
          ExitCode.CONFIGURATION,
          "What is at s3://… needs credentials: set " + ours + " (or " + theirs + ").");
    }
    return value;
  }

  /** The value of the first variable that is set; the last word is the default. */
  private static String first(Map<String, String> environment, String... namesAndDefault) {
    for (int i = 0; i < namesAndDefault.length - 1; i++) {
      String value = environment.getOrDefault(namesAndDefault[i], "");
      if (!value.isBlank()) {
        return value.strip();
      }
    }
    return namesAndDefault[namesAndDefault.length - 1];
  }
}
