package io.registrar.spi;

import java.util.Map;

/**
 * A {@link Storage} that measures itself. Optional: whoever shows metrics looks whether a storage
 * is one.
 */
public interface Measured {
  /**
   * The figures of this moment by name, such as {@code registrar/log/ensemble_size}: the same names
   * in every call. Does not block. Any thread may call, also after the storage was closed.
   */
  Map<String, Number> measurements();
}
