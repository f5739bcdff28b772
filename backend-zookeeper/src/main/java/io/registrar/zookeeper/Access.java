package io.registrar.zookeeper;

import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** Who may do what with the nodes that we create: their access control list. */
public enum Access {
  /** Anyone may read and write. Without credentials there is no other. */
  OPEN(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone"))),
  /** Whoever has our credentials may do everything; anyone may read. */
  READABLE(
      new ACL(ZooDefs.Perms.ALL, new Id("auth", "")),
      new ACL(ZooDefs.Perms.READ, new Id("world", "anyone"))),
  /** Whoever has our credentials may do everything; nobody else may even read. */
  CLOSED(new ACL(ZooDefs.Perms.ALL, new Id("auth", "")));

  private final List<ACL> list;

  Access(ACL... entries) {
    list = List.of(entries);
  }

  List<ACL> list() {
    return list;
  }

  /** How many bytes the list takes in the request that creates a node. */
  int wireBytes() {
    int bytes = Integer.BYTES;
    for (ACL entry : list) {
      bytes +=
          3 * Integer.BYTES + entry.getId().getScheme().length() + entry.getId().getId().length();
    }
    return bytes;
  }
}
