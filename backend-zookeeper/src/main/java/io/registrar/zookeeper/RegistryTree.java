package io.registrar.zookeeper;

import io.registrar.spi.DamagedException;
import io.registrar.spi.IncompatibleException;
import io.registrar.spi.RegistryName;
import io.registrar.spi.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;

/** The nodes that every registry has: creates them where there are none, and looks at them. */
final class RegistryTree {
  private static final byte[] EMPTY = new byte[0];

  private final Ensemble ensemble;
  private final Layout layout;
  private final String rootData;
  private final Failures failures;

  RegistryTree(Ensemble ensemble, Layout layout, RegistryName registry) {
    this.ensemble = ensemble;
    this.layout = layout;
    this.rootData = Layout.FORMAT + Layout.FORMAT_NUMBER + ", named " + registry;
    this.failures = new Failures(ensemble);
  }

  /**
   * Returns once there is a registry of the format that this program knows.
   *
   * @throws IncompatibleException if something else is there, or we may not create or read it
   * @throws DamagedException if parts of it are missing
   */
  void open(Deadline deadline) throws StorageException, NoAnswerException {
    while (!exists(deadline)) {
      for (String above : layout.ancestors()) {
        if (isMissing(above, deadline)) {
          create(List.of(node(above, EMPTY)), deadline);
        }
      }
      create(wholeTree(), deadline);
    }
  }

  /** To create a node that exists takes rights that one need not have. */
  private boolean isMissing(String path, Deadline deadline) throws NoAnswerException {
    return ensemble
        .askUntilAnswered(List.of(Op.getData(path)), deadline)
        .error(0)
        .equals(Optional.of(Code.NONODE));
  }

  /** Creates some nodes, or finds that somebody has: whoever comes first makes all of them. */
  private void create(List<Op> nodes, Deadline deadline)
      throws StorageException, NoAnswerException {
    try {
      Optional<Answer.Failure> failure = ensemble.ask(nodes, deadline).failure();
      if (failure.isPresent() && failure.get().code() != Code.NODEEXISTS) {
        throw failures.refused(
            "creating the registry",
            nodes.get(failure.get().index()).getPath(),
            failure.get().code());
      }
    } catch (NoAnswerException e) {
      // Whether they were made shows when the tree is looked at again.
      ensemble.backOff(deadline, e);
    }
  }

  private List<Op> wholeTree() {
    List<Op> nodes = new ArrayList<>();
    nodes.add(node(layout.root(), (rootData + "\n").getBytes(StandardCharsets.US_ASCII)));
    nodes.add(node(layout.fence(), Fence.OF_NEW_REGISTRY.encode()));
    nodes.add(node(layout.head(), Head.OF_NEW_REGISTRY.encode()));
    for (String parent : List.of(layout.journal(), layout.election(), layout.records())) {
      nodes.add(node(parent, EMPTY));
    }
    layout.buckets().forEach(bucket -> nodes.add(node(bucket, EMPTY)));
    return nodes;
  }

  private Op node(String path, byte[] data) {
    return Op.create(path, data, ensemble.connection().access().list(), CreateMode.PERSISTENT);
  }

  private boolean exists(Deadline deadline) throws StorageException, NoAnswerException {
    Answer answer =
        ensemble.askUntilAnswered(
            List.of(
                Op.getData(layout.root()),
                Op.getChildren(layout.root()),
                Op.getChildren(layout.records()),
                Op.getData(layout.fence()),
                Op.getData(layout.head())),
            deadline);
    if (answer.error(0).equals(Optional.of(Code.NONODE))) {
      return false;
    }
    Optional<OpResult.GetDataResult> root = answer.data(0);
    if (root.isEmpty()) {
      throw failures.refused(
          "opening the registry", layout.root(), answer.error(0).orElse(Code.SYSTEMERROR));
    }
    requireFormat(root.get().getData());
    requireChildren(
        answer, 1, layout.root(), Set.of("fence", "head", "journal", "election", "records"));
    Set<String> buckets = new HashSet<>();
    layout.buckets().forEach(path -> buckets.add(path.substring(path.lastIndexOf('/') + 1)));
    requireChildren(answer, 2, layout.records(), buckets);
    new HeadNodes(ensemble, layout).in(answer, 3);
    return true;
  }

  private void requireFormat(byte[] data) throws IncompatibleException {
    byte[] first = java.util.Arrays.copyOf(data, Math.min(data.length, 160));
    String text = new String(first, StandardCharsets.UTF_8).strip();
    if (!text.startsWith(Layout.FORMAT)) {
      throw new IncompatibleException(
          "the ZooKeeper node "
              + layout.root()
              + " is no registry: it holds '"
              + text.replaceAll("\\p{Cntrl}", "?")
              + "'; choose another path or name");
    }
    if (!text.equals(rootData)) {
      throw new IncompatibleException(
          "the ZooKeeper node "
              + layout.root()
              + " is a '"
              + text
              + "', and not the '"
              + rootData
              + "' that this program knows and was asked for: use a newer release, or another name");
    }
  }

  private void requireChildren(Answer answer, int index, String parent, Set<String> wanted)
      throws StorageException {
    Optional<Code> error = answer.error(index);
    if (error.isPresent()) {
      throw failures.refused("opening the registry", parent, error.get());
    }
    List<String> found = ((OpResult.GetChildrenResult) answer.results().get(index)).getChildren();
    for (String child : wanted) {
      if (!found.contains(child)) {
        throw new DamagedException(
            "the ZooKeeper node " + parent + "/" + child + " is missing from the registry");
      }
    }
    for (String child : found) {
      if (!wanted.contains(child)) {
        throw new DamagedException(
            "the ZooKeeper node " + parent + "/" + child + " does not belong to the registry");
      }
    }
  }
}
