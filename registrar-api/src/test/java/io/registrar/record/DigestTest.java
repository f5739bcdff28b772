package io.registrar.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.registrar.spi.RecordKey;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  private final Random random = new Random(7);

  @Test
  void arithmeticIsThatOfIntegersModulo128Bits() {
    for (int i = 0; i < 10_000; i++) {
      Digest a = new Digest(edgy(), edgy());
      Digest b = new Digest(edgy(), edgy());
      long factor = edgy();
      assertThat(number(a.plus(b))).isEqualTo(number(a).add(number(b)).mod(MODULUS));
      assertThat(number(a.minus(b))).isEqualTo(number(a).subtract(number(b)).mod(MODULUS));
      assertThat(number(a.times(factor)))
          .isEqualTo(
              number(a).multiply(new BigInteger(Long.toUnsignedString(factor))).mod(MODULUS));
    }
  }

  @Test
  void hexIsReadBack() {
    Digest digest = new Digest(0x0123456789abcdefL, -2);
    assertThat(digest.hex()).isEqualTo("0123456789abcdeffffffffffffffffe");
    assertThat(Digest.parse(digest.hex())).isEqualTo(digest);
  }

  @Test
  void whatIsNoDigestIsRefused() {
    assertThatThrownBy(() -> Digest.parse("12"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 hexadecimal digits");
  }

  @Test
  void whereTheKeyEndsAndTheValueBeginsCounts() {
    assertThat(Digest.of(new RecordKey("a", "bc"), new byte[] {'d'}))
        .isNotEqualTo(Digest.of(new RecordKey("a", "b"), new byte[] {'c', 'd'}))
        .isNotEqualTo(Digest.of(new RecordKey("ab", "c"), new byte[] {'d'}));
  }

  private long edgy() {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> Long.MIN_VALUE;
      default -> random.nextLong();
    };
  }

  private static BigInteger number(Digest digest) {
    return new BigInteger(digest.hex(), 16);
  }
}
