package io.registrar.log.registry;

import io.registrar.spi.StorageException;

/** Why a session is over: a new exception for each call that comes late. */
@FunctionalInterface
interface Refusal {
  StorageException exception();
}
