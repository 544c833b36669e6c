/** The object store, as a folder or in S3, and the commit protocol of steps on top of it. */
@NullMarked
package dev.supcon.services.store;

import org.jspecify.annotations.NullMarked;
