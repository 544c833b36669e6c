package dev.supcon.runner.train;

/** What happens between two epochs; it changes nothing of the training. */
@FunctionalInterface
public interface EpochEnd {

  /**
   * An epoch is over. After a resume it may be told so again.
   *
   * @param epochs done so far
   * @param step optimizer steps done so far
   * @param last whether training ends here
   */
  void after(int epochs, long step, boolean last);
}
