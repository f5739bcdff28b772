/** What the log and the registry over it share: opening a replica in a directory, and deadlines. */
@NullMarked
package io.registrar.log.node;

import org.jspecify.annotations.NullMarked;
