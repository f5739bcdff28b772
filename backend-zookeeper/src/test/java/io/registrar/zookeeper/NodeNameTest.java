package io.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.registrar.spi.DamagedException;
import io.registrar.spi.RecordKey;
import io.registrar.spi.StoredRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.common.PathUtils;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class NodeNameTest {
  private static final List<String> IDS =
      List.of(
          ".",
          "..",
          "/",
          "a/b",
          "zookeeper",
          "a~4k",
          "a#b",
          "%2F",
          "A",
          "a",
          " ",
          "a ",
          "\n",
          "\u007f",
          "\ufffd",
          "\ue000",
          "\uffff",
          "\u00e9",
          "e\u0301",
          "\ud83d\ude00",
          "a".repeat(41),
          "a".repeat(42),
          "a".repeat(512),
          "a".repeat(511) + "b",
          "/".repeat(58),
          "\u20ac".repeat(170),
          "1:2");

  @Test
  void namesAreBoundedAndDifferentAndFitForAPath() {
    Set<String> bases = new HashSet<>();
    for (String id : IDS) {
      for (String kind : List.of("agent", "k", "k".repeat(32))) {
        NodeName name = NodeName.of(new RecordKey(kind, id), SizeClass.UP_TO_256K);

        assertThat(name.toString()).hasSizeLessThanOrEqualTo(NodeName.MAX_LENGTH).isASCII();
        PathUtils.validatePath("/" + name);
        assertThat(bases.add(name.base())).as("%s of %s is new", name, id).isTrue();
        assertThat(NodeName.parse(name.toString())).contains(name);
      }
    }
  }

  @Test
  void aPersonCanReadWhatIsOrdinary() {
    assertThat(NodeName.of(new RecordKey("agent", "a1"), SizeClass.UP_TO_4K))
        .hasToString("agent:a1~4k");
    assertThat(NodeName.of(new RecordKey("quota", "dev/ops"), SizeClass.UP_TO_32K))
        .hasToString("quota:dev%2Fops~32k");
    assertThat(NodeName.of(new RecordKey("agent", "x".repeat(100)), SizeClass.UP_TO_4K).base())
        .startsWith("agent:xxxxxxxxxxxxx#");
  }

  @Test
  void aRecordComesBackFromItsNode() throws Exception {
    for (String id : IDS) {
      StoredRecord put = new StoredRecord(new RecordKey("agent", id), new byte[] {0, 10, 32, -1});
      NodeName name = NodeName.of(put.key(), SizeClass.UP_TO_4K);

      assertThat(RecordNode.decode("/n", name, RecordNode.encode(put))).isEqualTo(put);
    }
  }

  @Test
  void anyChangedByteIsNoticed() {
    StoredRecord put = new StoredRecord(new RecordKey("agent", "a1"), new byte[] {1, 2, 3});
    NodeName name = NodeName.of(put.key(), SizeClass.UP_TO_4K);
    for (int i = 0; i < RecordNode.encode(put).length; i++) {
      byte[] data = RecordNode.encode(put);
      data[i] ^= 4;
      Assertions.assertThatThrownBy(() -> RecordNode.decode("/n", name, data))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("/n");
    }
  }
}
