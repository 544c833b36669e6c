/** Jobs, pods and looks into the store become one state per step of a plan. */
@NullMarked
package dev.supcon.operator.observe;

import org.jspecify.annotations.NullMarked;
