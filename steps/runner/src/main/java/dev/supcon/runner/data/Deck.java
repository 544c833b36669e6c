package dev.supcon.runner.data;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cards that are dealt round after round: each round has every card once, in an order of its own.
 * No hand has a card more than once more often than another.
 */
final class Deck {
  private final int[] cards;
  private final long key;
  private int[] round = {};
  private int rounds;
  private int dealt; // of the round

  /**
   * @param key of every round's order
   */
  Deck(int[] cards, long key) {
    this.cards = cards;
    this.key = key;
  }

  int size() {
    return cards.length;
  }

  /** The next cards. */
  int[] hand(int count) {
    int[] hand = new int[count];
    int rest = round.length - dealt;
    for (int i = 0; i < count; i++) {
      if (dealt == round.length) {
        shuffle(Arrays.copyOf(hand, rest));
      }
      hand[i] = round[dealt++];
    }
    return hand;
  }

  /**
   * Begins a round.
   *
   * @param last cards that come last, for the hand already has them
   */
  private void shuffle(int[] last) {
    Set<Integer> held = Arrays.stream(last).boxed().collect(Collectors.toSet());
    IntPredicate late = held::contains;
    int[] order = CounterRandom.permutation(CounterRandom.key(key, rounds++), cards.length);
    int[] shuffled = Arrays.stream(order).map(i -> cards[i]).toArray();
    round =
        IntStream.concat(
                Arrays.stream(shuffled).filter(late.negate()), Arrays.stream(shuffled).filter(late))
            .toArray();
    dealt = 0;
  }
}
