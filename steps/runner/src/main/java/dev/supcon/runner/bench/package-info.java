/** Speed of our parts as ratios to a peer measured in the same run. */
@NullMarked
package dev.supcon.runner.bench;

import org.jspecify.annotations.NullMarked;
