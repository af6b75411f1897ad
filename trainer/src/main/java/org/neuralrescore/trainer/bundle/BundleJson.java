// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON whose bytes depend on its values alone. */
final class BundleJson {
  // The fast writer prints the shortest text on every JDK; Float.toString changed in JDK 19.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private BundleJson() {}

  /** Indented by two, lines ended by LF, the entries of maps sorted by key. */
  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Likewise, with the entries of maps in the order that they have. */
  static byte[] inOrder(Object value) {
    return MAPPER
        .writer()
        .without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .writeValueAsBytes(value);
  }

  /** A value whose maps are sorted by key, for {@link #inOrder}. */
  static Object sorted(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Parses an object to maps, lists, texts, numbers and booleans.
   *
   * @param file for errors
   * @throws UserError of kind INPUT where it is none, or has a key twice
   */
  static Map<String, Object> object(Path file, byte[] bytes) {
    try {
      return MAPPER.readValue(bytes, new TypeReference<Map<String, Object>>() {});
    } catch (JacksonException e) {
      throw new UserError(
          Kind.INPUT,
          "[" + file + "] is no JSON object: " + e.getOriginalMessage() + "; restore the file",
          e);
    }
  }
}
