/** What a pod gives the process of one step, and what that process leaves for the pod to show. */
@NullMarked
package dev.supcon.runner.pod;

import org.jspecify.annotations.NullMarked;
