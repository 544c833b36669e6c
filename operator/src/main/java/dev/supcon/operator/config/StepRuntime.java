package dev.supcon.operator.config;

import io.fabric8.kubernetes.api.model.PodResourceClaim;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where steps can run: what a spec names and only the administrator defines.
 *
 * @param image of the runner, by digest; by tag only where {@code imagePullPolicy} is said
 * @param imagePullPolicy as Kubernetes has it
 * @param pullSecret name of a Secret in the experiment's namespace
 * @param gpu what a step's container gets; absent: none
 * @param resources requests and limits: {@code cpu}, {@code memory}, {@code ephemeral-storage}
 * @param threads of the numeric libraries, {@code OMP_NUM_THREADS}; bits depend on it
 * @param nodeSelector labels that a node must have
 * @param tolerations as Kubernetes has them
 * @param priorityClass of the pods
 * @param runtimeClass of the pods
 * @param scratch where a step keeps files while it runs
 * @param shm size of {@code /dev/shm}; counts as memory
 * @param resourceClaims of dynamic resource allocation, as Kubernetes has them
 * @param graceSeconds that a step gets for its last checkpoint
 * @param stallSeconds without progress after which a step is stopped and tried again; 0: never
 */
public record StepRuntime(
    String image,
    @Nullable String imagePullPolicy,
    @Nullable String pullSecret,
    @Nullable Gpu gpu,
    Map<String, String> resources,
    @Nullable Integer threads,
    Map<String, String> nodeSelector,
    List<Toleration> tolerations,
    @Nullable String priorityClass,
    @Nullable String runtimeClass,
    Scratch scratch,
    String shm,
    List<PodResourceClaim> resourceClaims,
    Integer graceSeconds,
    Integer stallSeconds) {

  /**
   * GPUs of one container.
   *
   * @param resource such as {@code nvidia.com/gpu} or {@code nvidia.com/mig-1g.10gb}
   */
  public record Gpu(String resource, Integer count) {

    /** Missing values become the defaults. */
    public Gpu {
      resource = resource == null ? "nvidia.com/gpu" : resource;
      count = count == null ? 1 : count;
    }
  }

  /**
   * A volume that lives as long as its pod.
   *
   * @param storageClass of a volume that is claimed for the pod; absent: the node's own disk
   */
  public record Scratch(String size, @Nullable String storageClass) {

    /** Missing values become the defaults. */
    public Scratch {
      size = size == null ? "20Gi" : size;
    }
  }

  /** Missing values become the defaults. */
  public StepRuntime {
    image = image == null ? "" : image;
    resources = Present.of(resources);
    nodeSelector = Present.of(nodeSelector);
    tolerations = Present.of(tolerations);
    scratch = scratch == null ? new Scratch("20Gi", null) : scratch;
    shm = shm == null ? "1Gi" : shm;
    resourceClaims = Present.of(resourceClaims);
    graceSeconds = graceSeconds == null ? 120 : graceSeconds;
    stallSeconds = stallSeconds == null ? 1800 : stallSeconds;
  }

  /** How many GPUs a container gets. */
  public int gpus() {
    return gpu == null ? 0 : gpu.count();
  }

  /**
   * How many devices a step's process can use: of several MIG slices CUDA shows it one, and without
   * a GPU there is the CPU.
   */
  public int devices() {
    return gpu == null || gpu.resource().contains("/mig-") ? 1 : Math.max(1, gpu.count());
  }
}
