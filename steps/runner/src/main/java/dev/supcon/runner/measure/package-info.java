/** Accuracy, calibration and corruption error: pure functions of predictions. */
@NullMarked
package dev.supcon.runner.measure;

import org.jspecify.annotations.NullMarked;
