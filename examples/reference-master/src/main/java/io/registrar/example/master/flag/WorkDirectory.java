package io.registrar.example.master.flag;

import java.nio.file.Path;

/** Where the master keeps its files. */
public sealed interface WorkDirectory {
  /** The directory; it need not exist yet. */
  Path path();

  /** The one that was asked for. */
  record Given(Path path) implements WorkDirectory {}

  /** None was asked for: a place for a storage that forgets, removed at the end. */
  record Temporary(Path path) implements WorkDirectory {}
}
