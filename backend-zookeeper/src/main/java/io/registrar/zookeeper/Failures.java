package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import org.apache.zookeeper.KeeperException.Code;

/** Words for what went wrong, the same in every call. */
final class Failures {
  private final Ensemble ensemble;

  Failures(Ensemble ensemble) {
    this.ensemble = ensemble;
  }

  /** An operation that the ensemble refused for another reason than the head. */
  StorageException refused(String what, String path, Code code) {
    return switch (code) {
      case NOAUTH, AUTHFAILED, INVALIDACL ->
          new IncompatibleException(
              what
                  + ": no permission for the ZooKeeper node "
                  + path
                  + " as "
                  + ensemble.connection().who()
                  + ": check the credentials, and who owns the node");
      case NONODE -> new DamagedException(what + ": the ZooKeeper node " + path + " is missing");
      case NODEEXISTS ->
          new DamagedException(
              what + ": the ZooKeeper node " + path + " exists, and no registrar made it");
      case NOTEMPTY ->
          new DamagedException(what + ": the ZooKeeper node " + path + " has nodes below it");
      case UNIMPLEMENTED ->
          new IncompatibleException(
              what + ": the ZooKeeper servers do not know this request; use 3.6 or newer");
      default -> new UnavailableException(what + ": ZooKeeper answered " + code + " for " + path);
    };
  }

  /** A request that changes nothing and got no answer in time. */
  UnavailableException unanswered(String what, Deadline deadline, NoAnswerException why) {
    return new UnavailableException(
        what + " failed within " + deadline + " against " + ensemble + ": " + why.getMessage(),
        why);
  }
}
