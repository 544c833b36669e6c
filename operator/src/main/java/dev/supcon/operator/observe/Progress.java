package dev.supcon.operator.observe;

import java.time.Instant;

/**
 * What a running step last said of itself.
 *
 * @param pod UID of the pod that said it
 * @param fraction from 0 to 1
 * @param doing a few words for people
 */
public record Progress(String pod, double fraction, String doing, Instant at) {}
