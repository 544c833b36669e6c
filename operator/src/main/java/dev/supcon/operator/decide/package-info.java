/** From a plan and what is seen of it to what starts, what stops, and when to look again. */
@NullMarked
package dev.supcon.operator.decide;

import org.jspecify.annotations.NullMarked;
