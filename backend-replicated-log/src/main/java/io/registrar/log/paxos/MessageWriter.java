package io.registrar.log.paxos;

/** Writes a kind and the fields of a message. */
final class MessageWriter implements Message.Handler {
  private final WireWriter out;
  private final ProtocolVersion version;

  MessageWriter(WireWriter out, ProtocolVersion version) {
    this.out = out;
    this.version = version;
  }

  @Override
  public void onPrepare(Message.Prepare m, Envelope envelope) {
    head(1, m.ballot());
    m.position().write(out);
    out.u8(m.haste().ordinal());
  }

  @Override
  public void onPromise(Message.Promise m, Envelope envelope) {
    head(2, m.ballot());
    m.position().write(out);
    m.chosen().write(out);
    out.optional(m.accepted(), Vote::write);
  }

  @Override
  public void onAccept(Message.Accept m, Envelope envelope) {
    head(3, m.ballot());
    m.position().write(out);
    m.entry().write(out);
    out.optional(m.previous(), ProposalTag::write);
  }

  @Override
  public void onAccepted(Message.Accepted m, Envelope envelope) {
    head(4, m.ballot());
    m.position().write(out);
  }

  @Override
  public void onRejected(Message.Rejected m, Envelope envelope) {
    head(5, m.ballot());
    m.promised().write(out);
  }

  @Override
  public void onAbstained(Message.Abstained m, Envelope envelope) {
    head(6, m.ballot());
    m.position().write(out);
    m.chosen().write(out);
    out.u8(m.reason().ordinal());
  }

  @Override
  public void onHeartbeat(Message.Heartbeat m, Envelope envelope) {
    head(7, m.ballot());
    out.i64(m.round());
    m.chosen().write(out);
    out.optional(m.tag(), ProposalTag::write).u8(m.lease().ordinal());
  }

  @Override
  public void onFollowing(Message.Following m, Envelope envelope) {
    head(8, m.ballot());
    out.i64(m.round());
    m.chosen().write(out);
    out.u8(m.lease().ordinal());
  }

  @Override
  public void onCanvass(Message.Canvass m, Envelope envelope) {
    out.u8(9).i64(m.round());
    m.chosen().write(out);
  }

  @Override
  public void onCanvassed(Message.Canvassed m, Envelope envelope) {
    out.u8(10).i64(m.round());
  }

  @Override
  public void onResigned(Message.Resigned m, Envelope envelope) {
    head(11, m.ballot());
    out.i64(m.round());
  }

  @Override
  public void onFetch(Message.Fetch m, Envelope envelope) {
    out.u8(12);
    m.from().write(out);
    if (version.has(ProtocolVersion.V2)) {
      out.i32(m.most());
    }
  }

  @Override
  public void onEntries(Message.Entries m, Envelope envelope) {
    out.u8(13);
    m.from().write(out);
    out.many(m.entries(), Entry::write);
    m.chosen().write(out);
  }

  @Override
  public void onStandsOn(Message.StandsOn m, Envelope envelope) {
    out.u8(14);
    m.footing().write(out);
    m.chosen().write(out);
  }

  @Override
  public void onAskEnd(Message.AskEnd m, Envelope envelope) {
    out.u8(15).i64(m.round());
    m.position().write(out);
  }

  @Override
  public void onEndIs(Message.EndIs m, Envelope envelope) {
    out.u8(16).i64(m.round());
    m.position().write(out);
    m.end().write(out);
  }

  @Override
  public void onFound(Message.Found m, Envelope envelope) {
    out.u8(17);
    m.founding().write(out);
  }

  @Override
  public void onHolding(Message.Holding m, Envelope envelope) {
    out.u8(18);
    m.ensemble().write(out);
    out.i64(m.attempt());
  }

  @Override
  public void onBegin(Message.Begin m, Envelope envelope) {
    out.u8(19);
    m.founding().write(out);
  }

  @Override
  public void onStatus(Message.Status m, Envelope envelope) {
    out.u8(20).u8(m.phase().ordinal()).i64(m.attempt());
    m.chosen().write(out);
    out.optional(m.membership(), Membership::write);
    out.u8(m.wish().ordinal());
  }

  @Override
  public void onAskPromise(Message.AskPromise m, Envelope envelope) {
    out.u8(21);
    m.after().write(out);
  }

  @Override
  public void onPromiseIs(Message.PromiseIs m, Envelope envelope) {
    out.u8(22);
    m.after().write(out);
    m.promised().write(out);
  }

  @Override
  public void onSetBack(Message.SetBack m, Envelope envelope) {
    out.u8(23);
    m.seen().write(out);
  }

  @Override
  public void onNotAdmitted(Message.NotAdmitted m, Envelope envelope) {
    out.u8(24);
    m.refused().write(out);
    m.answering().write(out);
  }

  private void head(int kind, Ballot ballot) {
    out.u8(kind);
    ballot.write(out);
  }
}
