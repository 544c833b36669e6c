/** Resolves and runs a whole plan on this computer. */
@NullMarked
package dev.supcon.runner.local;

import org.jspecify.annotations.NullMarked;
