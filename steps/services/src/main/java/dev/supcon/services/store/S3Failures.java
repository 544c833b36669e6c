package dev.supcon.services.store;

import dev.supcon.contract.step.ExitCode;
import dev.supcon.contract.step.StepFailure;
import io.minio.errors.ErrorResponseException;
import java.util.Set;

/** What an S3 server answered, or that it did not, said so that a user can act on it. */
record S3Failures(String endpoint, String bucket) {
  private static final Set<String> NOT_THERE =
      Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");
  // 412: the condition does not hold. 409: two conditional writes met, and ours was not taken.
  private static final Set<Integer> CONDITION = Set.of(412, 409);
  private static final Set<String> REFUSED =
      Set.of(
          "AccessDenied",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "AllAccessDisabled");
  private static final Set<String> FULL =
      Set.of("XMinioStorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded");

  static boolean notThere(Exception e) {
    return e instanceof ErrorResponseException answer && NOT_THERE.contains(codeOf(answer));
  }

  static boolean noBucket(Exception e) {
    return e instanceof ErrorResponseException answer && codeOf(answer).equals("NoSuchBucket");
  }

  static boolean conditionFailed(Exception e) {
    return e instanceof ErrorResponseException answer
        && CONDITION.contains(answer.response().code())
        && !codeOf(answer).equals("BucketAlreadyOwnedByYou");
  }

  /** Two conditional writes met: neither is known to have won. */
  static boolean conflict(Exception e) {
    return e instanceof ErrorResponseException answer && answer.response().code() == 409;
  }

  /** A broken connection or a server at fault, which may be right a moment later. */
  static boolean passing(Exception e) {
    return !(e instanceof ErrorResponseException answer)
        || (answer.response().code() >= 500 && !FULL.contains(codeOf(answer)))
        || answer.response().code() == 429;
  }

  StepFailure of(Exception e) {
    if (!(e instanceof ErrorResponseException answer)) {
      return new StepFailure(
          ExitCode.STORE_UNREACHABLE,
          ("The store %s does not answer (%s); check that the server runs there, the address in"
                  + " SUPCON_S3_ENDPOINT and the network.")
              .formatted(endpoint, deepest(e)),
          e);
    }
    String code = codeOf(answer);
    if (noBucket(answer)) {
      return refusal("The bucket %s does not exist at %s; create it.", code, answer);
    }
    if (REFUSED.contains(code) || answer.response().code() == 403) {
      return refusal(
          "The bucket %s at %s refuses our credentials (%s); check the Secret supcon-s3 on a"
              + " cluster, SUPCON_S3_ACCESS_KEY and SUPCON_S3_SECRET_KEY here, and the bucket's"
              + " policy.",
          code, answer);
    }
    if (FULL.contains(code)) {
      return new StepFailure(
          ExitCode.NO_SPACE,
          "The store at %s is full (%s); make room or choose another store."
              .formatted(endpoint, code),
          answer);
    }
    return new StepFailure(
        ExitCode.STORE_UNREACHABLE,
        "The store %s failed (%s, HTTP %d); try again, then look into the server's log."
            .formatted(endpoint, code, answer.response().code()),
        answer);
  }

  private StepFailure refusal(String sentence, String code, Exception e) {
    return new StepFailure(ExitCode.CONFIGURATION, sentence.formatted(bucket, endpoint, code), e);
  }

  private static String codeOf(ErrorResponseException answer) {
    return String.valueOf(answer.errorResponse().code());
  }

  private static String deepest(Throwable e) {
    Throwable cause = e;
    for (Throwable next = e.getCause(); next != null && next != cause; next = next.getCause()) {
      cause = next;
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
