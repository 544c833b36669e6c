/**
 * One attempt at one step: its workspace, its tracked run, its result; the same here and in a pod.
 */
@NullMarked
package dev.supcon.runner.attempt;

import org.jspecify.annotations.NullMarked;
