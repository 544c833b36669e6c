package dev.supcon.operator.mirror;

import dev.supcon.contract.step.StepKey;

/** A step's place in a tenant's store. */
record ResultKey(Whereabouts tenant, StepKey key) implements OfTenant {}
