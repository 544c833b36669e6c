/** The wire between whoever starts a step and the step: request, report, key, exit code. */
@NullMarked
package dev.supcon.contract.step;

import org.jspecify.annotations.NullMarked;
