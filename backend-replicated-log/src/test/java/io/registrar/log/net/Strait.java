package io.registrar.log.net;

import io.registrar.tck.fault.Direction;
import io.registrar.tck.fault.TcpProxy;
import java.io.IOException;

/** Two members that reach each other through proxies alone, so that one way can be held. */
final class Strait implements AutoCloseable {
  final TestPeer one;
  final TestPeer two;

  /** Where two dials one. */
  final TcpProxy toOne;

  /** Where one dials two. */
  final TcpProxy toTwo;

  private Strait(TestPeer one, TestPeer two) throws IOException {
    this.one = one;
    this.two = two;
    toOne = TcpProxy.to(one.address());
    toTwo = TcpProxy.to(two.address());
    one.network.addresses().put(one.id, toOne.address());
    two.network.addresses().put(two.id, toTwo.address());
    one.network.addresses().put(two.id, toTwo.address());
    TestPeer.awaitBoth(one, two);
  }

  static Strait between(TestPeer one, TestPeer two) throws IOException {
    return new Strait(one, two);
  }

  /** From now on no byte goes from one to two; the other way all do, and nobody is told. */
  void holdFromOneToTwo() {
    toTwo.hold(Direction.TO_SERVER);
    toOne.hold(Direction.TO_CLIENT);
  }

  void heal() {
    toOne.heal();
    toTwo.heal();
  }

  @Override
  public void close() throws IOException {
    heal();
    one.close();
    two.close();
    toOne.close();
    toTwo.close();
  }
}
