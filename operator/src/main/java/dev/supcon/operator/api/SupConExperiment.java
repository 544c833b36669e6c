package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.supcon.contract.spec.ExperimentSpec;
import dev.supcon.contract.spec.Violation;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** An experiment as a resource of the cluster. */
@Group("supcon.dev")
@Version("v1alpha1")
@ShortNames("sce")
@Categories("supcon")
@AdditionalPrinterColumn(
    name = "State",
    jsonPath = ".status.conditions[?(@.type==\"Finished\")].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Step",
    jsonPath = ".status.activeSteps",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "%",
    jsonPath = ".status.progressPercent",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Top-1",
    jsonPath = ".status.metrics[?(@.name==\"classifier.test.top1\")].value",
    type = AdditionalPrinterColumn.Type.NUMBER)
@AdditionalPrinterColumn(
    name = "GPU-h",
    jsonPath = ".status.gpuHours",
    type = AdditionalPrinterColumn.Type.NUMBER)
@AdditionalPrinterColumn(
    name = "Queue",
    jsonPath = ".spec.execution.queue",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Why",
    jsonPath = ".status.conditions[?(@.type==\"Finished\")].message",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.execution.queue")
@AdditionalSelectableField(jsonPath = ".status.result")
public final class SupConExperiment extends CustomResource<ExperimentSpec, ExperimentStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  private transient List<Violation> unreadable = List.of();

  /**
   * What stands in the stored object that no spec can hold, such as a text in place of a number:
   * only an object that was stored past the CRD has such. It is no field of the resource.
   */
  @JsonIgnore
  public List<Violation> getUnreadable() {
    return unreadable;
  }

  /** Says what could not be read. */
  public void setUnreadable(List<Violation> faults) {
    unreadable = List.copyOf(faults);
  }
}
