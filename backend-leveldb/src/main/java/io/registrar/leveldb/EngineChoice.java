package io.registrar.leveldb;

/** Which build of LevelDB to run. All of them read and write the same files. */
enum EngineChoice {
  /** The native library, or the port to Java where there is none for the platform. */
  AUTO,
  /** The native library, or a refusal. */
  NATIVE,
  /** The port to Java. */
  JAVA
}
