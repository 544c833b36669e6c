/**
 * The one training loop, its guards, and what it takes to stop anywhere and go on with the same
 * bits.
 */
@NullMarked
package dev.supcon.runner.train;

import org.jspecify.annotations.NullMarked;
