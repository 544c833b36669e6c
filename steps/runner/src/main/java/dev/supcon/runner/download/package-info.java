/** Files from web servers: data sets where their authors publish them. */
@NullMarked
package dev.supcon.runner.download;

import org.jspecify.annotations.NullMarked;
