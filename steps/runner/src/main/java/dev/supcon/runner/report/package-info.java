/** The result of a run as JSON, and as one HTML page that is readable without a network. */
@NullMarked
package dev.supcon.runner.report;

import org.jspecify.annotations.NullMarked;
