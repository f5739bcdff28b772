package io.registrar.log.paxos;

/**
 * The frame of an {@link Envelope}: the version it is written in, the newest that the sender
 * speaks, and the rest. Every count and length is checked against its bound before anything is
 * allocated.
 */
public final class EnvelopeCodec {
  private EnvelopeCodec() {}

  /** Writes a frame in the given version. */
  public static Bytes encode(Envelope envelope, ProtocolVersion version) {
    WireWriter out = new WireWriter();
    out.u8(version.ordinal() + 1).u8(envelope.version().ordinal() + 1);
    out.optional(envelope.ensemble(), EnsembleId::write);
    envelope.from().write(out);
    envelope.vitals().write(out);
    out.many(envelope.sightings(), Sighting::write);
    envelope.message().dispatch(new MessageWriter(out, version), envelope);
    return out.finish();
  }

  /**
   * Reads a frame.
   *
   * @throws MalformedException for any bytes that {@link #encode} did not make
   */
  public static Envelope decode(Bytes frame) throws MalformedException {
    return decode(frame, ProtocolVersion.NEWEST);
  }

  /** Reads a frame as a replica does that speaks no later version than this one. */
  static Envelope decode(Bytes frame, ProtocolVersion spokenHere) throws MalformedException {
    WireReader in = new WireReader(frame);
    int written = in.u8();
    if (written < 1 || written > spokenHere.ordinal() + 1) {
      throw new MalformedException("a frame in protocol version " + written);
    }
    ProtocolVersion version = ProtocolVersion.values()[written - 1];
    int spoken = in.u8();
    if (spoken < written) {
      throw new MalformedException("a frame in a version above what its sender speaks");
    }
    ProtocolVersion newest =
        ProtocolVersion.values()[Math.min(spoken, ProtocolVersion.NEWEST.ordinal() + 1) - 1];
    Envelope envelope =
        new Envelope(
            newest,
            in.optional(EnsembleId::read),
            Member.read(in),
            Vitals.read(in),
            in.many(Envelope.MOST_SIGHTINGS, Sighting::read),
            MessageCodec.read(in, version));
    in.end();
    return envelope;
  }
}
