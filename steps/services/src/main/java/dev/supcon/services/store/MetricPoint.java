package dev.supcon.services.store;

/**
 * One point of a curve; unique by name and step.
 *
 * @param step count of optimizer steps, or of epochs, as the curve's name says
 * @param atMillis when it was measured, milliseconds since 1970
 */
public record MetricPoint(String name, long step, double value, long atMillis) {}
