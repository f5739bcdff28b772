/**
 * {@code --registry=replicated_log}: a registry kept in the replicated log. {@link
 * ReplicatedLogStorageProvider} opens one.
 */
@NullMarked
package io.registrar.log.registry;

import org.jspecify.annotations.NullMarked;
