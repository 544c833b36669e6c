/** What frozen features are worth: nearest neighbours, linear classifiers, logistic regression. */
@NullMarked
package dev.supcon.runner.probe;

import org.jspecify.annotations.NullMarked;
