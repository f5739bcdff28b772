package io.registrar.zookeeper;

import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/** A request got no answer: it may have taken effect, may still do so, or may never. */
final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  static NoAnswerException of(KeeperException.Code code) {
    return new NoAnswerException(
        switch (code) {
          case CONNECTIONLOSS -> "the connection was lost";
          case SESSIONEXPIRED -> "the ZooKeeper session expired";
          case SESSIONMOVED -> "the ZooKeeper session moved to another server";
          case AUTHFAILED -> "the server refused the credentials";
          default -> "the server answered " + code;
        },
        KeeperException.create(code));
  }
}
