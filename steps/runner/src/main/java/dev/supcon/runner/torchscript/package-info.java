/**
 * Writes TorchScript archives from Java and calls them through DJL; knows nothing of the domain.
 */
@NullMarked
package dev.supcon.runner.torchscript;

import org.jspecify.annotations.NullMarked;
