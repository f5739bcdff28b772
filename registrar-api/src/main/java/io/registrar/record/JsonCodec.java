package io.registrar.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stores a Java {@code record} as JSON that a person can read. Absent fields are left out; times
 * are ISO-8601; maps are in the order of their keys.
 *
 * <p>Fields that this program does not know, at any depth, survive when it rewrites the record.
 * Text with U+0000 is refused, for not every engine can show it.
 *
 * @param <V> a {@code record}
 */
public final class JsonCodec<V> implements Codec<V> {
  private static final ObjectMapper MAPPER = strict();

  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JsonCodec(Class<V> type) {
    reader = MAPPER.readerFor(type);
    writer = MAPPER.writerFor(type);
  }

  /** A codec for values of this class. */
  public static <V> JsonCodec<V> of(Class<V> type) {
    return new JsonCodec<>(type);
  }

  @Override
  public V decode(byte[] bytes) {
    try {
      V value = reader.readValue(bytes);
      if (value == null) {
        throw new IllegalArgumentException("null is no record");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonText.explain(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public byte[] encode(V value, byte @Nullable [] previous) {
    try {
      byte[] known = writer.writeValueAsBytes(value);
      return previous == null ? known : keepUnknown(known, previous);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(JsonText.explain(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private byte[] keepUnknown(byte[] known, byte[] previous) throws IOException {
    byte[] knownBefore = writer.writeValueAsBytes(reader.readValue(previous));
    if (Arrays.equals(knownBefore, previous)) {
      return known;
    }
    JsonNode merged =
        UnknownFields.keep(
            MAPPER.readTree(known), MAPPER.readTree(previous), MAPPER.readTree(knownBefore));
    return MAPPER.writeValueAsBytes(merged);
  }

  private static ObjectMapper strict() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(new StorableText())
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // A record is its components; what it can tell of itself beside them is not kept.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }
}
