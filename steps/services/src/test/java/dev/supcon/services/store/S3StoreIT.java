package dev.supcon.services.store;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** The contract on a real MinIO ({@code dev/servers up}, {@code eval "$(dev/servers env)"}). */
class S3StoreIT implements ObjectStoreContract {
  private final ObjectStore store = Stores.open("s3://supcon/it-" + UUID.randomUUID());

  @Override
  public ObjectStore store() {
    return store;
  }

  @AfterEach
  void close() {
    store.list("").forEach(store::delete);
    store.close();
  }
}
