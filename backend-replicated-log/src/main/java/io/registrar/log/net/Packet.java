package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * What goes over a connection, one after another.
 *
 * @param kind what it is
 * @param content what belongs to it; its form is the kind's
 */
record Packet(Kind kind, Bytes content) {
  /** The longest text that is sent or shown. */
  private static final int MOST_TEXT = 1_000;

  private static final Packet A_PULSE = new Packet(Kind.PULSE, Bytes.EMPTY);

  /** The kinds; on the wire each is its place in this order, from 1. */
  enum Kind {
    /** Who a member is: the first packet each way between two members. */
    HELLO,
    /** Why the connection ends, in text: the last packet, where there is time for one. */
    REFUSED,
    /** A frame of the protocol above, which is not looked into. */
    FRAME,
    /** A sign of life. */
    PULSE,
    /** News of the address book. */
    ADDRESSES,
    /** What a client asks: the first packet from it. */
    REQUEST,
    /** A part of the answer to a client. */
    PART,
    /** The answer is complete. */
    END,
    /** The client's request is not granted, in text: it would not be a moment later. */
    DENIED,
    /** The client's request has failed, in text. */
    FAILED;

    private static final Kind[] ALL = values();

    int code() {
      return ordinal() + 1;
    }

    static Kind of(int code) throws RefusedException {
      if (code < 1 || code > ALL.length) {
        throw new RefusedException(Refusal.MALFORMED, "a packet of kind " + code);
      }
      return ALL[code - 1];
    }
  }

  static Packet pulse() {
    return A_PULSE;
  }

  static Packet text(Kind kind, String text) {
    String shown = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    return new Packet(kind, Bytes.of(shown.getBytes(StandardCharsets.UTF_8)));
  }

  /** The content as text that may be shown and logged, whoever has sent it. */
  String text() {
    String said = new String(content.toArray(), StandardCharsets.UTF_8);
    String shown = said.length() > MOST_TEXT ? said.substring(0, MOST_TEXT) : said;
    return shown.replaceAll("\\p{Cntrl}", " ");
  }
}
