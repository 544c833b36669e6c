/** What the folders and lists of a data set say of its images: path, class and part. */
@NullMarked
package dev.supcon.runner.layout;

import org.jspecify.annotations.NullMarked;
