/** From a checked spec to a plan: the DAG of steps, each with its key. */
@NullMarked
package dev.supcon.contract.plan;

import org.jspecify.annotations.NullMarked;
