package io.registrar.log.ensemble;

import io.registrar.log.node.MemberAddress;
import io.registrar.tck.StorageTarget;
import io.registrar.tck.StorageTck;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The replicated log keeps the storage contract on ensembles of three, whose members run in
 * processes of their own unless this one has opened them.
 */
@Tag("full")
class ReplicatedLogEnsembleTckTest extends StorageTck {
  @TempDir private static Path root;
  private static MemberPool pool;

  @BeforeAll
  static void start() throws IOException {
    pool = MemberPool.open(root);
  }

  @AfterAll
  static void stop() throws IOException {
    pool.close();
  }

  @Override
  protected StorageTarget target(Path directory) {
    return StorageTarget.of(BorrowedMemberProvider.class, directory)
        .with("borrowed_pool", MemberAddress.write(pool.address()));
  }
}
