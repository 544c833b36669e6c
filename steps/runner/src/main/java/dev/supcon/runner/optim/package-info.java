/** How gradients change the parameters, and by how much at which step. */
@NullMarked
package dev.supcon.runner.optim;

import org.jspecify.annotations.NullMarked;
