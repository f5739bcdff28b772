package io.registrar.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
  private static final String TEST = "rule_7_3_aFullDiskFailsCommitsCleanly";

  @Test
  void aLineExcludesItsTestWithReasonAndLink() throws IOException {
    Exclusions exclusions = read("# why\n\n" + TEST + " | no reserve | https://example.org/12\n");
    assertThat(exclusions.reason(TEST)).contains("no reserve (https://example.org/12)");
    assertThat(exclusions.reason("rule_2_5_aDeletedRecordIsAbsent")).isEmpty();
  }

  @Test
  void aLineWithoutReasonOrLinkIsRefused() {
    for (String line : new String[] {TEST, TEST + " |  | https://a", TEST + " | why | later"}) {
      assertThatThrownBy(() -> read(line))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(line);
    }
  }

  @Test
  void aTestThatTheKitDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> read("rule_9_9_x | why | https://a"))
        .hasMessageContaining("the kit has no test 'rule_9_9_x'");
  }

  private static Exclusions read(String text) throws IOException {
    return Exclusions.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
