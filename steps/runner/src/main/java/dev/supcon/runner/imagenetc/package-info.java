/** The corruptions of ImageNet-C and CIFAR-C, pixel by pixel. */
@NullMarked
package dev.supcon.runner.imagenetc;

import org.jspecify.annotations.NullMarked;
