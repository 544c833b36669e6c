/** What the encoder sees of an image: random views, plain batches, contact sheets. */
@NullMarked
package dev.supcon.runner.view;

import org.jspecify.annotations.NullMarked;
