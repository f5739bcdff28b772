package io.registrar.log.net;

import io.registrar.log.paxos.Bytes;
import io.registrar.log.paxos.MemberId;

/** The network of a member that is alone: it needs no port. */
public final class NoPeers implements PeerNetwork {
  private final AddressBook addresses = new AddressBook();

  @Override
  public void start(Receiver receiver) {
    // Nobody is there to be heard.
  }

  @Override
  public void send(MemberId to, Bytes frame) {
    // Nor to be told.
  }

  @Override
  public AddressBook addresses() {
    return addresses;
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
