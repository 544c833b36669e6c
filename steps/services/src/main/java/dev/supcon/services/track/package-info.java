/** What is told to an experiment tracker while steps run: to files or to an MLflow server. */
@NullMarked
package dev.supcon.services.track;

import org.jspecify.annotations.NullMarked;
