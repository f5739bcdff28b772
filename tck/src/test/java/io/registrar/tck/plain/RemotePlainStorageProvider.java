package io.registrar.tck.plain;

import io.registrar.spi.Batch;
import io.registrar.spi.CommitUnknownException;
import io.registrar.spi.Storage;
import io.registrar.spi.StorageException;
import io.registrar.spi.StorageOption;
import io.registrar.spi.StorageSettings;
import io.registrar.spi.UnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Opens a {@link SharedPlainStorage} whose states are at a {@link PlainServer}. */
public class RemotePlainStorageProvider extends PlainStorageProvider {
  /** The port of the server, on this machine. */
  public static final StorageOption<Integer> PORT =
      StorageOption.integer("plain_port", "the port of the server", 1, 65_535);

  @Override
  public String name() {
    return "plain_remote";
  }

  @Override
  public List<StorageOption<?>> options() {
    return List.of(PORT);
  }

  @Override
  public Storage open(StorageSettings settings, Duration timeout) throws StorageException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.get(PORT));
    // The tests' directories are their own, and so are the names of their registries.
    String name = settings.workDirectory() + "/" + settings.registry().text();
    return storage(new RemotePlainStore(server, name));
  }

  @Override
  protected Storage storage(PlainStore store) throws StorageException {
    return new Remote(store);
  }

  /** Tells a lost answer from a write that was refused. */
  protected static class Remote extends SharedPlainStorage {
    protected Remote(PlainStore store) throws StorageException {
      super(store);
    }

    @Override
    protected synchronized long commit(PlainSession by, Batch batch) throws StorageException {
      try {
        return super.commit(by, batch);
      } catch (UnavailableException e) {
        if (e.getCause() instanceof RemotePlainStore.LostAnswerException) {
          throw new CommitUnknownException("the answer of the server was lost", e);
        }
        throw e;
      }
    }
  }
}
