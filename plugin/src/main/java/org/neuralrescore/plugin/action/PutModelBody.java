// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.plugin.registry.DeploymentIndices;
import org.neuralrescore.plugin.serving.Bundle;

/**
 * The body of an upload, read as a stream: base64 is decoded as it comes, and no text of a file is
 * ever on the heap.
 *
 * @param indices of the deployment; empty: those that the model has
 * @param files by name
 */
record PutModelBody(Optional<DeploymentIndices> indices, Map<String, byte[]> files) {
  private static final int MAX_FILES = 16;
  private static final int MAX_FILE_NAME = 128;

  /** Reads {@code {"items_index", "users_index", "files": {name: base64}}}; nothing else fits. */
  static PutModelBody parse(XContentParser parser) throws IOException {
    if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
      throw new IllegalArgumentException("the body expects an object");
    }
    Optional<String> items = Optional.empty();
    Optional<String> users = Optional.empty();
    Map<String, byte[]> files = Map.of();
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "items_index" -> items = Optional.of(text(parser, key));
        case "users_index" -> users = Optional.of(text(parser, key));
        case "files" -> files = parseFiles(parser);
        default ->
            throw new IllegalArgumentException(
                "the body expects items_index, users_index and files, got [" + shown(key) + "]");
      }
    }
    return new PutModelBody(DeploymentIndices.ofBoth(items, users), files);
  }

  private static Map<String, byte[]> parseFiles(XContentParser parser) throws IOException {
    if (parser.currentToken() != XContentParser.Token.START_OBJECT) {
      throw new IllegalArgumentException("[files] expects an object of base64 texts");
    }
    Map<String, byte[]> files = new HashMap<>();
    long bytes = 0;
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String name = parser.currentName();
      if (name.length() > MAX_FILE_NAME) {
        throw new IllegalArgumentException(
            "[files] expects names of at most "
                + MAX_FILE_NAME
                + " characters, got ["
                + shown(name)
                + "]");
      }
      if (files.size() >= MAX_FILES) {
        throw new IllegalArgumentException("[files] expects at most " + MAX_FILES + " files");
      }
      parser.nextToken();
      byte[] file = decode(parser, "files." + name);
      bytes += file.length;
      if (bytes > Bundle.MAX_BYTES) {
        throw new IllegalArgumentException(
            "[files] expects at most " + Bundle.MAX_BYTES + " bytes in all");
      }
      files.put(name, file);
    }
    return files;
  }

  private static byte[] decode(XContentParser parser, String key) throws IOException {
    requireText(parser, key);
    try {
      return parser.binaryValue();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("[" + key + "] expects base64: " + e.getMessage(), e);
    }
  }

  private static String text(XContentParser parser, String key) throws IOException {
    requireText(parser, key);
    return parser.text();
  }

  private static void requireText(XContentParser parser, String key) {
    if (parser.currentToken() != XContentParser.Token.VALUE_STRING) {
      throw new IllegalArgumentException("[" + key + "] expects a text");
    }
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
