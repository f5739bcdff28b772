package io.registrar.zookeeper;

import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageProvider;
import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code --registry=zookeeper --zk=zk://host1:2181,host2:2181/path}: an existing ensemble. */
public final class ZooKeeperStorageProvider implements StorageProvider {
  /** Which ensemble, and where in it. */
  static final StorageOption<Address> ZK =
      StorageOption.of(
          "zk",
          "zk://HOST:PORT,.../PATH",
          "the servers and the node below which registries lie; user:password@ may come first",
          Address::parse);

  static final StorageOption<Path> CREDENTIALS_FILE =
      StorageOption.path(
          "zk_credentials_file", "a file with user:password for ZooKeeper's digest scheme");

  static final StorageOption<Access> ACCESS =
      StorageOption.choice(
          "zk_access",
          "who else may use the nodes that are created: anyone, readers, or nobody; where there are"
              + " credentials, readable is the default",
          Access.class);

  static final StorageOption<Duration> SESSION_TIMEOUT =
      StorageOption.duration(
              "zk_session_timeout",
              "after which the ensemble gives up a master that it does not hear, and another leads")
          .orElse("10secs");

  static final StorageOption<Integer> MAX_BUFFER =
      StorageOption.integer(
              "zk_max_buffer",
              "the largest request in bytes, which is jute.maxbuffer as set on every server",
              64 << 10,
              MessageBudget.MOST_BYTES)
          .orElse(Integer.toString(MessageBudget.DEFAULT_BYTES));

  static final StorageOption<Path> CLIENT_CONFIG =
      StorageOption.path(
          "zk_client_config", "a file of ZooKeeper's own client settings, such as for TLS");

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public String description() {
    return "an existing ZooKeeper ensemble, shared by all masters, which also elects the leader";
  }

  @Override
  public int contractVersion() {
    return 1;
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(ZK, CREDENTIALS_FILE, ACCESS, SESSION_TIMEOUT, MAX_BUFFER, CLIENT_CONFIG);
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    Deadline deadline = Deadline.after(timeout);
    Connection connection = connection(settings);
    Layout layout = Layout.of(connection.address().path(), settings.registry());
    if (layout.root().equals("/zookeeper")) {
      throw new IllegalArgumentException(
          "/zookeeper is ZooKeeper's own; give --zk a path, or the registry another name");
    }
    MessageBudget budget =
        MessageBudget.of(settings.get(MAX_BUFFER), layout.root(), connection.access());
    Ensemble ensemble = Ensemble.connect(connection, budget.maxRequestBytes(), deadline);
    Storage opened = null;
    try {
      new RegistryTree(ensemble, layout, settings.registry()).open(deadline);
      new BufferProbe(ensemble, new HeadNodes(ensemble, layout))
          .requires(budget.maxRequestBytes(), deadline);
      opened = new ZooKeeperStorage(ensemble, layout, budget);
      return opened;
    } catch (NoAnswerException e) {
      throw new Failures(ensemble).unanswered("opening " + layout.root(), deadline, e);
    } finally {
      if (opened == null) {
        ensemble.close();
      }
    }
  }

  private static Connection connection(StorageSettings settings) {
    Address address = settings.get(ZK);
    Optional<Credentials> credentials =
        settings.find(CREDENTIALS_FILE).map(Credentials::read).or(address::credentials);
    Access access =
        settings.find(ACCESS).orElse(credentials.isPresent() ? Access.READABLE : Access.OPEN);
    if (access != Access.OPEN && credentials.isEmpty()) {
      throw new IllegalArgumentException(
          ACCESS + " other than open needs credentials: give " + CREDENTIALS_FILE);
    }
    return new Connection(
        address, credentials, access, settings.get(SESSION_TIMEOUT), settings.find(CLIENT_CONFIG));
  }
}
