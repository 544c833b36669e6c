/** What the administrator says: tenants, runtimes, limits; read anew while the operator runs. */
@NullMarked
package dev.supcon.operator.config;

import org.jspecify.annotations.NullMarked;
