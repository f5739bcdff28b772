/**
 * {@code --registry=zookeeper}: keeps a registry in an existing ZooKeeper ensemble, and elects the
 * leader there.
 *
 * <p>Start at {@link io.registrar.zookeeper.ZooKeeperStorageProvider}. {@code Layout} says which
 * nodes there are; {@code ZooKeeperSession} commits, and {@code Settlement} finds out what became
 * of a commit whose answer was lost; {@code RecordFetch} reads many records at a time. {@code
 * docs/zookeeper.md} has the whole picture.
 */
package io.registrar.zookeeper;
