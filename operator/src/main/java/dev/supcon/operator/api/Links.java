package dev.supcon.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where to look further. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Links(
    @JsonPropertyDescription("The namespace's store; a step's result is below steps/<key>.")
        @Nullable
        @Size(max = 512)
        String store,
    @JsonPropertyDescription("The experiment's run in MLflow.") @Nullable @Size(max = 512)
        String mlflow) {

  /** No links yet. */
  public static final Links NONE = new Links(null, null);

  /** Long values are cut. */
  public Links {
    store = PlainText.orNull(store, 512);
    mlflow = PlainText.orNull(mlflow, 512);
  }
}
