package io.registrar.jdbc;

import io.registrar.spi.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach and use the database.
 *
 * @param address which database
 * @param user who logs in, unless the address or the system says it
 * @param passwordFile where the password is, if one is asked for
 * @param poolSize the most connections for reading
 * @param fetchSize the most records that are fetched at a time
 * @param connectTimeout how long one login may take
 * @param lease how long an elected master leads after it was last heard of
 * @param acceptedSystem another server that the registry was moved to on purpose
 */
record JdbcSettings(
    DatabaseAddress address,
    Optional<String> user,
    Optional<Path> passwordFile,
    int poolSize,
    int fetchSize,
    Duration connectTimeout,
    Duration lease,
    Optional<Long> acceptedSystem) {

  static JdbcSettings of(StorageSettings settings) {
    return new JdbcSettings(
        settings.get(JdbcStorageProvider.URL),
        settings.find(JdbcStorageProvider.USER),
        settings.find(JdbcStorageProvider.PASSWORD_FILE),
        settings.get(JdbcStorageProvider.POOL_SIZE),
        settings.get(JdbcStorageProvider.FETCH_SIZE),
        settings.get(JdbcStorageProvider.CONNECT_TIMEOUT),
        settings.get(JdbcStorageProvider.LEASE),
        settings.find(JdbcStorageProvider.ACCEPT_SYSTEM));
  }
}
