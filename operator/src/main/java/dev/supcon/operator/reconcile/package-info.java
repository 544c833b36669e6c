/** The reconciler and all that it needs of the cluster: the only place with effects on it. */
@NullMarked
package dev.supcon.operator.reconcile;

import org.jspecify.annotations.NullMarked;
