package io.registrar.log.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.log.paxos.Incarnation;
import io.registrar.log.paxos.Member;
import io.registrar.log.paxos.MemberId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is read again, and nothing else is. */
class NetworkCodecTest {
  private static final Member MEMBER = new Member(new MemberId(65_535), new Incarnation(-1));

  private static Hello hello(Map<MemberId, InetSocketAddress> addresses) {
    return new Hello(new Introduction(MEMBER, Optional.of(TestPeer.OURS)), addresses);
  }

  @Test
  void aHelloIsReadAsItWasWritten() throws RefusedException {
    Hello full =
        hello(
            Map.of(
                new MemberId(1), InetSocketAddress.createUnresolved("host.example", 65_535),
                new MemberId(2), InetSocketAddress.createUnresolved("2001:db8::1", 1)));
    assertThat(HelloCodec.read(HelloCodec.write(full))).isEqualTo(full);
    Hello empty = new Hello(new Introduction(MEMBER, Optional.empty()), Map.of());
    assertThat(HelloCodec.read(HelloCodec.write(empty))).isEqualTo(empty);
  }

  @Test
  void aHelloStaysFarBelowWhatIsReadOfOneAndTellsTheLowestPlaces() throws RefusedException {
    Map<MemberId, InetSocketAddress> many = new HashMap<>();
    for (int i = 1; i <= 200; i++) {
      many.put(new MemberId(i), InetSocketAddress.createUnresolved("h".repeat(200), i));
    }
    byte[] written = HelloCodec.write(hello(many));
    assertThat(written.length).isLessThan(HelloCodec.MOST_BYTES / 2);
    assertThat(HelloCodec.read(written).addresses()).containsKey(new MemberId(1));
  }

  @Test
  void aLaterVersionMayAddToTheEnd() throws RefusedException {
    byte[] written = HelloCodec.write(hello(Map.of()));
    byte[] later = Arrays.copyOf(written, written.length + 7);
    assertThatThrownBy(() -> HelloCodec.read(later)).isInstanceOf(RefusedException.class);
    later[4] = 2;
    assertThat(HelloCodec.read(later)).isEqualTo(hello(Map.of()));
  }

  @Test
  void noBytesMakeAReaderFailInAnotherWay() {
    Random random = new Random(7);
    byte[] good = HelloCodec.write(hello(Map.of(new MemberId(3), TestPeer.loopback(3))));
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        HelloCodec.read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 4)));
        read++;
      } catch (RefusedException refused) {
        assertThat(refused.refusal()).isEqualTo(Refusal.NOT_OURS);
      }
      byte[] request = Arrays.copyOf(bytes, random.nextInt(12));
      random.nextBytes(request);
      try {
        assertThat(ClientRequestCodec.read(request)).isNotNull();
      } catch (IOException refused) {
        assertThat(refused).hasMessageNotContaining("Exception");
      }
    }
    assertThat(read).as("some are still hellos").isPositive();
  }

  @Test
  void aRequestThatCannotBeIsRefused() {
    byte[] negative = ClientRequestCodec.write(new ClientRequest.ReadChanges(0));
    negative[2] = -1;
    assertThatThrownBy(() -> ClientRequestCodec.read(negative))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("versions begin with 0");
    byte[] later = ClientRequestCodec.write(new ClientRequest.Status());
    later[0] = 2;
    assertThatThrownBy(() -> ClientRequestCodec.read(later))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("speaks version 1, not 2");
  }
}
