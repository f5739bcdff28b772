package io.registrar.leveldb;

import io.registrar.spi.StorageException;

/** Why nothing more is done: gives each later call an exception of its own. */
@FunctionalInterface
interface Refusal {
  StorageException exception();
}
