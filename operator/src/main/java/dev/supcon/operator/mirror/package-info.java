/**
 * Conversation with the two outside systems, never on a reconcile thread: data digests, results,
 * progress, MLflow runs. Whoever asks gets what is known at once, and is woken when more is.
 */
@NullMarked
package dev.supcon.operator.mirror;

import org.jspecify.annotations.NullMarked;
