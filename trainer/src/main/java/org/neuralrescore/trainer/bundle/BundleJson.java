package org.neuralrescore.trainer.bundle;

import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON whose bytes depend on its values alone. */
final class BundleJson {
  // The fast writer prints the shortest text on every JDK; Float.toString changed in JDK 19.
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
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
}
