package io.registrar.log.net;

import java.nio.file.Path;

/** Who may be talked to, and how they prove who they are. */
public sealed interface Security {

  /** Nobody proves anything, so nothing outside this machine is listened to or dialed. */
  record LoopbackOnly() implements Security {}

  /**
   * Nobody proves anything, and everybody who reaches the port is believed. Only for a network in
   * which every host is trusted.
   */
  record Insecure() implements Security {}

  /**
   * Both ends show a certificate of the authority. One that speaks for member 2 must have the DNS
   * name {@code member-2} among its subject alternative names; a client's certificate has no such
   * name.
   *
   * <p>The files are looked at again when a connection is made; new connections use what they hold
   * then, and those that stand go on.
   *
   * @param certificate PEM: this member's certificate, and those between it and the authority
   * @param key PEM: its private key, PKCS #8, not encrypted
   * @param authority PEM: one or more certificates that are trusted
   */
  record MutualTls(Path certificate, Path key, Path authority) implements Security {}
}
