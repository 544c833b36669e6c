package dev.supcon.contract.step;

/** What the process of one step is given: the request, and the run that it is tracked in. */
public record StepOrder(StepRequest request, RunContext run) {}
