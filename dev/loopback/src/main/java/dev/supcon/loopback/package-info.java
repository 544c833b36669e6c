/** Servers inside the JVM of a test. */
@NullMarked
package dev.supcon.loopback;

import org.jspecify.annotations.NullMarked;
