package io.registrar.log.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.log.paxos.MemberId;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whose word counts about an address. */
class AddressBookTest {
  private static final MemberId ONE = new MemberId(1);
  private static final MemberId TWO = new MemberId(2);
  private static final InetSocketAddress HERE = InetSocketAddress.createUnresolved("here", 1);
  private static final InetSocketAddress THERE = InetSocketAddress.createUnresolved("there", 1);

  private final AddressBook book = new AddressBook();

  @Test
  void aMembersWordAboutItselfReplacesWhatWasKnown() {
    book.put(ONE, HERE);
    book.learn(ONE, Map.of(ONE, THERE));
    assertThat(book.find(ONE)).contains(THERE);
  }

  @Test
  void aMembersWordAboutOthersOnlyFillsGaps() {
    book.put(ONE, HERE);
    book.learn(TWO, Map.of(ONE, THERE, new MemberId(3), THERE));
    assertThat(book.find(ONE)).contains(HERE);
    assertThat(book.find(new MemberId(3))).contains(THERE);
  }

  @Test
  void onlyNewsIsToldToThoseWhoWatch() {
    AtomicInteger told = new AtomicInteger();
    book.watch(told::incrementAndGet);
    book.put(ONE, new InetSocketAddress("127.0.0.1", 5));
    book.put(ONE, new InetSocketAddress("127.0.0.1", 5));
    book.learn(ONE, Map.of(ONE, InetSocketAddress.createUnresolved("127.0.0.1", 5)));
    assertThat(told).hasValue(1);
    book.learn(TWO, Map.of(TWO, HERE));
    assertThat(told).hasValue(2);
  }

  @Test
  void peersCannotFillItWithoutEnd() {
    Map<MemberId, InetSocketAddress> many = new HashMap<>();
    for (int i = 1; i <= 1_000; i++) {
      many.put(new MemberId(i), HERE);
    }
    book.learn(ONE, many);
    assertThat(book.all()).hasSize(AddressBook.MOST_LEARNED);
  }
}
