package io.registrar.example.master;

import io.registrar.RecoveryException;
import io.registrar.Registrar;
import io.registrar.RegistrarObserver;
import io.registrar.RegistrarOptions;
import io.registrar.WarmRegistry;
import io.registrar.Witness;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.record.MasterInfo;
import io.registrar.spi.FencedException;
import io.registrar.spi.Storage;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a master comes to lead: as whom, with which options, and what it is told if it may not. */
final class Accession {
  private static final Logger LOG = LoggerFactory.getLogger(Accession.class);

  private final MasterFlags flags;
  private final RegistrarObserver observer;

  @Inject
  Accession(MasterFlags flags, RegistrarObserver observer) {
    this.flags = flags;
    this.observer = observer;
  }

  /**
   * As what this start of a master leads, if it does.
   *
   * @param directory the work directory, owned
   * @param address where it is reached from outside
   */
  RegistrarOptions options(Path directory, URI address) {
    MasterInfo self =
        new MasterInfo(UUID.randomUUID().toString(), hostname(), address.toString(), version());
    return RegistrarOptions.leading(self)
        .fetchTimeout(flags.fetchTimeout())
        .storeTimeout(flags.storeTimeout())
        .queueCapacity(flags.queueCapacity())
        .witness(Witness.in(directory, flags.storage().name()))
        .observer(observer)
        .build();
  }

  /**
   * Refuses a storage that the registry of this work directory is not in; nothing is opened yet.
   */
  void requireSameStorage(Path directory) throws CannotStartException {
    try {
      Witness.in(directory, flags.storage().name()).requireSameBackend();
    } catch (RecoveryException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Recovers the registry, which fences whoever led before.
   *
   * @param warm what was kept of it while this master stood by
   */
  Registrar recover(Storage storage, RegistrarOptions options, Optional<WarmRegistry> warm)
      throws CannotStartException {
    long begun = System.nanoTime();
    try {
      Registrar registrar =
          warm.isPresent()
              ? Registrar.recover(storage, options, warm.get())
              : Registrar.recover(storage, options);
      LOG.info(
          "recovered {} records in {} ms",
          registrar.registry().size(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      return registrar;
    } catch (RecoveryException e) {
      String overtaken =
          e.getCause() instanceof FencedException ? "another master was faster: " : "";
      throw new CannotStartException(overtaken + e.getMessage(), e);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("this machine's own name is unknown", e);
      return "";
    }
  }

  private static String version() {
    String version = Accession.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }
}
