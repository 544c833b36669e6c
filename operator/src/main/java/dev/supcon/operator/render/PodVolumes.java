package dev.supcon.operator.render;

import dev.supcon.operator.config.StepRuntime;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplateBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a step finds in its file system besides its image. */
final class PodVolumes {
  static final String ORDER_ANNOTATION = "supcon.dev/order";
  static final String ORDER_FOLDER = "/etc/supcon/order";
  static final String ORDER_FILE = "order.json";
  static final String SCRATCH = "/scratch";
  private static final String TMP_SIZE = "256Mi";

  private PodVolumes() {}

  static List<Volume> of(JobOrder order) {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(request());
    volumes.add(secret("s3", "supcon-s3"));
    if (order.tenant().mlflow() != null) {
      volumes.add(secret("mlflow", "supcon-mlflow"));
    }
    volumes.add(scratch(order.runtime().scratch()));
    volumes.add(emptyDir("tmp", null, TMP_SIZE));
    volumes.add(emptyDir("shm", "Memory", order.runtime().shm()));
    return volumes;
  }

  static List<VolumeMount> mounts(JobOrder order) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(mount("order", ORDER_FOLDER, true));
    mounts.add(mount("s3", "/etc/supcon/s3", true));
    if (order.tenant().mlflow() != null) {
      mounts.add(mount("mlflow", "/etc/supcon/mlflow", true));
    }
    mounts.add(mount("scratch", SCRATCH, false));
    mounts.add(mount("tmp", "/tmp", false));
    mounts.add(mount("shm", "/dev/shm", false));
    return mounts;
  }

  /** The request travels as an annotation: no second object can be missing or stale. */
  private static Volume request() {
    return new VolumeBuilder()
        .withName("order")
        .withNewDownwardAPI()
        .addNewItem()
        .withPath(ORDER_FILE)
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['" + ORDER_ANNOTATION + "']")
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .build();
  }

  /** Optional, so that the step can say which Secret it misses instead of never starting. */
  private static Volume secret(String name, String secret) {
    return new VolumeBuilder()
        .withName(name)
        .withNewSecret()
        .withSecretName(secret)
        .withOptional(true)
        .endSecret()
        .build();
  }

  private static Volume scratch(StepRuntime.Scratch scratch) {
    return scratch.storageClass() == null
        ? emptyDir("scratch", null, scratch.size())
        : new VolumeBuilder()
            .withName("scratch")
            .withNewEphemeral()
            .withVolumeClaimTemplate(claim(scratch))
            .endEphemeral()
            .build();
  }

  private static PersistentVolumeClaimTemplate claim(StepRuntime.Scratch scratch) {
    return new PersistentVolumeClaimTemplateBuilder()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withStorageClassName(scratch.storageClass())
        .withNewResources()
        .addToRequests("storage", Quantity.parse(scratch.size()))
        .endResources()
        .endSpec()
        .build();
  }

  private static Volume emptyDir(
      String name, @org.jspecify.annotations.Nullable String medium, String size) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withMedium(medium)
        .withSizeLimit(Quantity.parse(size))
        .endEmptyDir()
        .build();
  }

  private static VolumeMount mount(String name, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }
}
