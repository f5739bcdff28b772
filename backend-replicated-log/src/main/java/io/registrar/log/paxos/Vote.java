package io.registrar.log.paxos;

/** What an acceptor has accepted: an entry under a ballot. */
public record Vote(Ballot ballot, Entry entry) {
  void write(WireWriter out) {
    ballot.write(out);
    entry.write(out);
  }

  static Vote read(WireReader in) throws MalformedException {
    return new Vote(Ballot.read(in), Entry.read(in));
  }
}
