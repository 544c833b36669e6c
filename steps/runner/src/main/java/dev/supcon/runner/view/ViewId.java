package dev.supcon.runner.view;

/**
 * Which view: together with the seed it decides every random number of it.
 *
 * @param sample index of the image in its split, whatever its place in the epoch
 */
public record ViewId(int epoch, int sample, int view) {}
