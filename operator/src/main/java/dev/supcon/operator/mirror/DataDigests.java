package dev.supcon.operator.mirror;

import dev.supcon.contract.spec.DataSpec;
import dev.supcon.contract.step.EmbeddedData;
import dev.supcon.contract.step.StepFailure;
import dev.supcon.services.store.S3Files;
import java.util.Optional;

/** Digests of data sets, as the command line computes them too. */
record DataDigests(Credentials credentials) {

  /** What a data set says by itself; empty when S3 has to be asked. */
  static Optional<Digest> known(DataSpec data) {
    if (data.format().embedded()) {
      return Optional.of(new Digest.Known(EmbeddedData.digest(data.format())));
    }
    if (data.digest() != null) {
      return Optional.of(new Digest.Known(data.digest()));
    }
    return data.s3() == null
        ? Optional.of(
            new Unknown(
                Unknown.Why.REFUSED,
                "Data set %s lies nowhere that a cluster can read; write its place in S3 as s3."
                    .formatted(data.name())))
        : Optional.empty();
  }

  String of(DataKey data) throws Trouble {
    try (S3Files files = S3Files.open(data.location(), credentials.s3(data.tenant()))) {
      return files.list().digest();
    } catch (StepFailure e) {
      throw Trouble.of(e);
    }
  }
}
