package io.registrar.log.paxos;

/**
 * What is chosen at a position.
 *
 * @param tag who made it
 * @param content what it says
 */
public record Entry(ProposalTag tag, Content content) {
  /** The binary form, as it is stored and sent. */
  public Bytes encode() {
    WireWriter out = new WireWriter();
    write(out);
    return out.finish();
  }

  void write(WireWriter out) {
    tag.write(out);
    content.write(out);
  }

  static Entry read(WireReader in) throws MalformedException {
    return new Entry(ProposalTag.read(in), Content.read(in));
  }
}
