package dev.supcon.operator.reconcile;

import dev.supcon.operator.config.LiveConfiguration;
import dev.supcon.operator.mirror.Mirror;
import java.time.InstantSource;

/**
 * What every reconcile works with.
 *
 * @param turns who is looked at now
 * @param slots how many more steps may act
 * @param readings what rules and planner made of the specs
 * @param writes the last ones of status
 * @param wakes has other experiments looked at again
 */
record Works(
    LiveConfiguration configuration,
    Mirror mirror,
    JobWrites jobs,
    Interests interests,
    Neighbours neighbours,
    Turns turns,
    Slots slots,
    Readings readings,
    LastWrites writes,
    Wakes wakes,
    Journal journal,
    InstantSource clock) {}
