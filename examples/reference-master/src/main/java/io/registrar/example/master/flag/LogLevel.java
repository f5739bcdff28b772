package io.registrar.example.master.flag;

/** How much is logged: each level with all above it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG
}
