package io.registrar.log.net;

/** Why a connection was not taken, or was ended. */
public enum Refusal {
  /** Its first bytes are not ours: another protocol, or a later version that we do not speak. */
  NOT_OURS,
  /** It belongs to another ensemble. */
  OTHER_ENSEMBLE,
  /** It claims our own place. */
  OWN_PLACE,
  /** Another member answered than the one that was dialed. */
  OTHER_MEMBER,
  /** Its certificate does not name the member that it claims to be. */
  NOT_CERTIFIED,
  /** It did not introduce itself in time, or left before. */
  NO_HELLO,
  /** It made room for a newer connection: too many had not introduced themselves. */
  TOO_MANY_STRANGERS,
  /** More places than we keep connections for. */
  TOO_MANY_MEMBERS,
  /** More clients' requests at a time than we serve. */
  TOO_MANY_REQUESTS,
  /** A message over the limit. */
  OVERSIZED,
  /** A message that none of us sends. */
  MALFORMED
}
