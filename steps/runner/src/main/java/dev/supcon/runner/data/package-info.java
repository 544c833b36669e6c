/** Data sets: read, verified, packed, mapped, and put in the order of an epoch. */
@NullMarked
package dev.supcon.runner.data;

import org.jspecify.annotations.NullMarked;
