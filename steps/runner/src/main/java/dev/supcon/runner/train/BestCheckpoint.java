package dev.supcon.runner.train;

/**
 * The checkpoint that scored highest, the first of several.
 *
 * @param step optimizer steps done
 */
public record BestCheckpoint(long step, double score) {}
