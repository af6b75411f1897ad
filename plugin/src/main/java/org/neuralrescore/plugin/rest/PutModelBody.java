package org.neuralrescore.plugin.rest;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.plugin.action.PutModelRequest;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.serving.Bundle;

/** The body of an upload. */
final class PutModelBody {
  private static final int MAX_FILES = 16;

  private String itemsIndex = "";
  private String usersIndex = "";
  private final Map<String, byte[]> files = new HashMap<>();
  private long bytes;

  private PutModelBody() {}

  /** Reads {@code {"items_index", "users_index", "files": {name: base64}}}; nothing else fits. */
  static PutModelRequest parse(ModelId id, XContentParser parser) throws IOException {
    PutModelBody body = new PutModelBody();
    if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
      throw new IllegalArgumentException("the body expects an object");
    }
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "items_index" -> body.itemsIndex = text(parser, key);
        case "users_index" -> body.usersIndex = text(parser, key);
        case "files" -> body.parseFiles(parser);
        default ->
            throw new IllegalArgumentException(
                "the body expects items_index, users_index and files, got [" + key + "]");
      }
    }
    return new PutModelRequest(
        id,
        required("items_index", body.itemsIndex),
        required("users_index", body.usersIndex),
        body.files);
  }

  private void parseFiles(XContentParser parser) throws IOException {
    if (parser.currentToken() != XContentParser.Token.START_OBJECT) {
      throw new IllegalArgumentException("[files] expects an object of base64 texts");
    }
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String name = parser.currentName();
      if (files.size() >= MAX_FILES) {
        throw new IllegalArgumentException("[files] expects at most " + MAX_FILES + " files");
      }
      parser.nextToken();
      byte[] file = decode(name, text(parser, "files." + name));
      bytes += file.length;
      if (bytes > Bundle.MAX_BYTES) {
        throw new IllegalArgumentException(
            "[files] expects at most " + Bundle.MAX_BYTES + " bytes in all");
      }
      files.put(name, file);
    }
  }

  private static byte[] decode(String name, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "[files." + name + "] expects base64: " + e.getMessage(), e);
    }
  }

  private static String text(XContentParser parser, String key) throws IOException {
    if (parser.currentToken() != XContentParser.Token.VALUE_STRING) {
      throw new IllegalArgumentException("[" + key + "] expects a text");
    }
    return parser.text();
  }

  private static String required(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "the body expects [" + key + "], the index of the deployment");
    }
    return value;
  }
}
