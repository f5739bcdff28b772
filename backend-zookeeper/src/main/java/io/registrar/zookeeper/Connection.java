package io.registrar.zookeeper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to connect to an ensemble.
 *
 * @param address which ensemble
 * @param credentials whom to be there
 * @param access who may do what with the nodes that we create
 * @param sessionTimeout after which the ensemble gives up a client that it does not hear
 * @param clientConfig a file of ZooKeeper's own client settings, such as for TLS
 */
record Connection(
    Address address,
    Optional<Credentials> credentials,
    Access access,
    Duration sessionTimeout,
    Optional<Path> clientConfig) {

  /** Whom the servers see, for messages. */
  String who() {
    return credentials.map(Credentials::toString).orElse("nobody (no credentials were given)");
  }
}
