/** The rules of the house over all modules, as tests. */
@NullMarked
package dev.supcon.architecture;

import org.jspecify.annotations.NullMarked;
