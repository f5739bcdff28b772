package io.registrar.zookeeper;

import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.Op;

/**
 * Fence and head as they were read or written at some moment.
 *
 * @param fence what the fence node said
 * @param fenceCount how often ZooKeeper had counted it as written: what a condition expects
 * @param head what the head node said
 * @param headCount how often the head had been written
 * @param zxid the latest transaction that had written either, which only grows: whatever else the
 *     same request read before them is as of that transaction or a later one
 */
record Position(Fence fence, int fenceCount, Head head, int headCount, long zxid) {
  /** This session's epoch. */
  long epoch() {
    return fence.epoch();
  }

  long version() {
    return head.version();
  }

  /** The older of two. */
  Position orEarlier(Position other) {
    return other.zxid < zxid ? other : this;
  }

  /** The newer of two. */
  Position orLater(Position other) {
    return other.zxid > zxid ? other : this;
  }

  /** The conditions that hold as long as nobody has moved fence or head. */
  List<Op> checks(Layout layout) {
    return List.of(Op.check(layout.fence(), fenceCount), Op.check(layout.head(), headCount));
  }

  /** The operations that write the fence if it still stands. */
  List<Op> replaceFence(Layout layout, Fence next) {
    return replace(layout.fence(), next.encode(), fenceCount);
  }

  /** The operations that write the head if fence and head still stand. */
  List<Op> replaceHead(Layout layout, Head next) {
    List<Op> request = new ArrayList<>();
    request.add(Op.check(layout.fence(), fenceCount));
    request.addAll(replace(layout.head(), next.encode(), headCount));
    return request;
  }

  /** The position after the head was written under this fence. */
  Position withHead(Head next, int count, long at) {
    return new Position(fence, fenceCount, next, count, at);
  }

  /**
   * Writes a node if its count is as expected.
   *
   * <p>The count is 32 bits and comes round to -1, which to ZooKeeper means "whatever it is". No
   * node is ever left at -1: the step past it is taken inside the same request.
   */
  private static List<Op> replace(String path, byte[] data, int count) {
    Op step = Op.setData(path, data, count);
    return count == -2 ? List.of(step, Op.setData(path, data, -1)) : List.of(step);
  }
}
