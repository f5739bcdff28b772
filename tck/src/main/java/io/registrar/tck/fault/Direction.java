package io.registrar.tck.fault;

/** Which way bytes go through a {@link TcpProxy}. */
public enum Direction {
  /** Requests: from the client to the server. */
  TO_SERVER,
  /** Replies: from the server to the client. */
  TO_CLIENT
}
