/** Encoders of the ResNet family, projection heads and classifiers, generated as TorchScript. */
@NullMarked
package dev.supcon.runner.network;

import org.jspecify.annotations.NullMarked;
