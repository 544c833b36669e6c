package dev.supcon.operator.render;

import dev.supcon.contract.plan.PlannedStep;
import dev.supcon.operator.api.SupConExperiment;
import dev.supcon.operator.config.StepRuntime;
import dev.supcon.operator.config.Tenant;

/**
 * All that a Job is made of.
 *
 * @param number counts the attempts of the step's key
 * @param runtime that the spec names for the step
 * @param image of the runtime when the experiment was resolved
 * @param planHash identity of the plan, a tag of the experiment's run in MLflow
 */
public record JobOrder(
    SupConExperiment experiment,
    PlannedStep step,
    int number,
    Tenant tenant,
    StepRuntime runtime,
    String image,
    String planHash) {}
