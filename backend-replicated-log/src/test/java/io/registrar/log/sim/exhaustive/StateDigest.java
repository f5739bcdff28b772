package io.registrar.log.sim.exhaustive;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A 64-bit digest of everything that an object of the core holds, read from its fields. Two
 * replicas with equal digests are taken to behave alike, so that the search visits what can be
 * reached in many orders once. Knows nothing of the protocol.
 */
final class StateDigest {
  private static final Map<Class<?>, List<Field>> FIELDS = new HashMap<>();

  private final Map<Object, Integer> numbers = new IdentityHashMap<>();

  private StateDigest() {}

  static long of(Object state) {
    return new StateDigest().digest(state);
  }

  static long mix(long a, long b) {
    long h = a * 0x9E3779B97F4A7C15L + b;
    h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
    return h ^ (h >>> 32);
  }

  private long digest(Object value) {
    if (value == null) {
      return 0x5bd1e995L;
    }
    if (value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof String) {
      return mix(value.hashCode(), 11);
    }
    if (value instanceof Enum<?> constant) {
      return mix(constant.ordinal(), constant.getDeclaringClass().getName().hashCode());
    }
    if (value.getClass().isRecord()) {
      return fields(value);
    }
    // What was met before is named by the order in which it was met: many hold the same node.
    Integer number = numbers.putIfAbsent(value, numbers.size());
    return number == null ? inside(value) : mix(number, 0x2545F491L);
  }

  private long inside(Object value) {
    if (value.getClass().getName().startsWith("io.registrar.")) {
      return fields(value);
    }
    if (value instanceof Map<?, ?> map) {
      long sum = 3;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += mix(digest(entry.getKey()), digest(entry.getValue()));
      }
      return mix(sum, 21);
    }
    if (value instanceof Set<?> set) {
      long sum = 5;
      for (Object element : set) {
        sum += mix(digest(element), 31);
      }
      return mix(sum, 22);
    }
    if (value instanceof Collection<?> list) {
      long h = 7;
      for (Object element : list) {
        h = mix(h, digest(element));
      }
      return h;
    }
    if (value instanceof Optional<?> optional) {
      return mix(digest(optional.orElse(null)), 41);
    }
    if (value instanceof byte[] bytes) {
      return mix(Arrays.hashCode(bytes), bytes.length);
    }
    if (value.getClass().isArray()) {
      long h = 13;
      for (int i = 0; i < Array.getLength(value); i++) {
        h = mix(h, digest(Array.get(value, i)));
      }
      return h;
    }
    return fields(value);
  }

  private long fields(Object value) {
    Class<?> type = value.getClass();
    long h = type.isHidden() ? 17 : type.getName().hashCode();
    if (!type.getName().startsWith("io.registrar.")) {
      return h;
    }
    for (Field field : FIELDS.computeIfAbsent(type, StateDigest::fieldsOf)) {
      try {
        h = mix(h, digest(field.get(value)));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("cannot read " + field, e);
      }
    }
    return h;
  }

  private static List<Field> fieldsOf(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields;
  }
}
