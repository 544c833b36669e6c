package dev.supcon.services.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.supcon.contract.step.StepKey;
import dev.supcon.contract.step.StepKind;
import dev.supcon.contract.step.StepReport;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepStoreTest {
  private static final StepReport REPORT = new StepReport(StepKind.PRETRAIN, Map.of(), Map.of(), 1);

  @TempDir private Path folder;
  private final List<String> reads = new ArrayList<>();

  /** A corruption step reads data, encoder and classifier; the last two read the data as well. */
  @Test
  void anInputThatManyShareIsLookedAtOnce() throws IOException {
    try (ObjectStore store = counting(Stores.open(folder.resolve("store").toString()))) {
      Map<StepKey, String> done = new HashMap<>();
      for (String digit : List.of("a", "b", "c", "d")) {
        StepKey key = new StepKey(digit.repeat(64));
        done.put(key, publish(store, key, Map.copyOf(done)));
      }
      reads.clear();

      assertThat(new StepStore(store, new StepKey("d".repeat(64))).lookup())
          .isInstanceOf(Lookup.Hit.class);
      assertThat(reads).hasSize(4).doesNotHaveDuplicates();
    }
  }

  private String publish(ObjectStore store, StepKey key, Map<StepKey, String> inputs)
      throws IOException {
    Path files = Files.createDirectories(folder.resolve(key.brief()));
    Files.writeString(files.resolve("file"), key.hex());
    return new StepStore(store, key)
        .publish("attempt", files, new Outcome(REPORT, inputs, List.of()))
        .digest();
  }

  private ObjectStore counting(ObjectStore store) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("read")) {
                reads.add(arguments[0].toString());
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
