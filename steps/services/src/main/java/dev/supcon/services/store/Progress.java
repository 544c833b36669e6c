package dev.supcon.services.store;

/**
 * How far a running step is.
 *
 * @param fraction from 0 to 1
 * @param doing a few words for people
 * @param atMillis when this was said, milliseconds since 1970 by the clock of the step
 */
public record Progress(String attempt, double fraction, String doing, long atMillis) {}
