package dev.supcon.operator.mirror;

import java.time.Instant;

/**
 * How far a running step is, as it said last.
 *
 * @param attempt that said it
 * @param fraction from 0 to 1
 * @param doing a few words for people
 * @param at by the clock of the step
 */
public record StepProgress(String attempt, double fraction, String doing, Instant at) {}
