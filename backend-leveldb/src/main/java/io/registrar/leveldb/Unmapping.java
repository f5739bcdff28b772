package io.registrar.leveldb;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a file's mapping at once. Java 17 has no API for it other than this method of {@code
 * jdk.unsupported}; without it a mapping lasts until it is collected, and its disk cannot be
 * unmounted so long.
 */
final class Unmapping {
  private static final Logger LOG = LoggerFactory.getLogger(Unmapping.class);

  private Unmapping() {}

  /** The buffer must not be touched afterwards: that would end the process. */
  static void unmap(MappedByteBuffer buffer) {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      Method invokeCleaner = unsafe.getMethod("invokeCleaner", ByteBuffer.class);
      invokeCleaner.invoke(instance.get(null), buffer);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("a mapping lasts until it is collected", e);
    }
  }
}
