package io.registrar.zookeeper;

import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** A ZooKeeper server as a process. */
public final class ServerProcess {
  private ServerProcess() {}

  /**
   * Serves until it is killed.
   *
   * @param arguments the server's configuration file
   */
  public static void main(String[] arguments) {
    QuorumPeerMain.main(arguments);
  }
}
