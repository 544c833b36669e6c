/** The vocabulary of an experiment, and the rules a spec must obey. */
@NullMarked
package dev.supcon.contract.spec;

import org.jspecify.annotations.NullMarked;
