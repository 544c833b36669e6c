package dev.supcon.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrandsTest {
  private final Errands errands = new Errands();

  private record Named(String namespace, int number, boolean urgent) implements Errand {
    Named(String namespace, int number) {
      this(namespace, number, false);
    }

    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public void run() {}

    @Override
    public void troubled(Trouble trouble) {}
  }

  @Test
  void namespacesTakeTurns() {
    for (int number = 0; number < 3; number++) {
      errands.add(new Named("crowd", number));
    }
    errands.add(new Named("one", 0));
    errands.addFirst(new Named("crowd", 9));

    assertThat(errands.size()).isEqualTo(5);
    List<Errand> served = new ArrayList<>();
    while (!errands.isEmpty()) {
      served.add(errands.remove());
    }
    assertThat(served)
        .containsExactly(
            new Named("crowd", 9),
            new Named("one", 0),
            new Named("crowd", 0),
            new Named("crowd", 1),
            new Named("crowd", 2));
  }

  @Test
  void theUrgentOnesOfANamespaceAreItsFirst() {
    errands.add(new Named("one", 0));
    errands.add(new Named("one", 1, true));
    errands.add(new Named("two", 0));
    errands.add(new Named("one", 2, true));

    List<Errand> served = new ArrayList<>();
    while (!errands.isEmpty()) {
      served.add(errands.remove());
    }
    assertThat(served)
        .containsExactly(
            new Named("one", 1, true),
            new Named("two", 0),
            new Named("one", 2, true),
            new Named("one", 0));
  }
}
