/**
 * A registry in LevelDB, on the disk of one machine: {@code --registry=leveldb}.
 *
 * <p>Begin at {@link io.registrar.leveldb.LevelDbStorage}: how a commit becomes one synced batch.
 * What is checked before the engine is let near the files is in {@code StoreCheck}.
 */
package io.registrar.leveldb;
