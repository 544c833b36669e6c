package dev.supcon.runner.train;

import java.util.OptionalDouble;

/** What happens between two epochs; it changes nothing of the training. */
@FunctionalInterface
public interface EpochEnd {

  /**
   * An epoch is over. After a resume it may be told so again.
   *
   * @param epochs done so far
   * @param step optimizer steps done so far
   * @param last whether training ends here
   * @return what the network is worth now, 0 or more, the higher the better; empty when nobody
   *     asked
   */
  OptionalDouble after(int epochs, long step, boolean last);
}
