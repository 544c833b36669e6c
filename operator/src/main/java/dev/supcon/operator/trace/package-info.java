/**
 * What became of experiments, as traces for OpenTelemetry. Off unless the administrator says where
 * to send them.
 */
@NullMarked
package dev.supcon.operator.trace;

import org.jspecify.annotations.NullMarked;
