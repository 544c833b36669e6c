/** The command line, and the way from a request to the step that carries it out. */
@NullMarked
package dev.supcon.runner;

import org.jspecify.annotations.NullMarked;
