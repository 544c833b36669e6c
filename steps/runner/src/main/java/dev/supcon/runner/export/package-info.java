/** A trained encoder in other people's formats. */
@NullMarked
package dev.supcon.runner.export;

import org.jspecify.annotations.NullMarked;
