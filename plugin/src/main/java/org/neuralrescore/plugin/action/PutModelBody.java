// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.bundle.Limits;
import org.neuralrescore.plugin.registry.DeploymentIndices;
import org.neuralrescore.plugin.serving.Bundle;

/**
 * The body of an upload, read as a stream and as it came: nothing of it is unpacked, so that it
 * takes a multiple of its length on the heap and no more ({@link #heap}). Of JSON base64 is decoded
 * as it comes, and no text of a file is ever on the heap.
 *
 * @param indices of the deployment; empty: those that the model has
 * @param files by name
 */
record PutModelBody(Optional<DeploymentIndices> indices, Map<String, byte[]> files) {
  /** The most files of an upload: what serving needs of a bundle, and room. */
  static final int MAX_FILES = 16;

  /** What a byte of JSON may take on the heap: it is decoded, and once copied on the way. */
  private static final int HEAP_A_BYTE = 2;

  /** The same of CBOR, SMILE and YAML, whose texts are read whole before they are decoded. */
  private static final int HEAP_A_BYTE_OF_TEXT = 6;

  /** Bytes that reading a body of so many takes on the heap. */
  static long heap(XContentType type, long body) {
    return body * (type.canonical() == XContentType.JSON ? HEAP_A_BYTE : HEAP_A_BYTE_OF_TEXT);
  }

  /** Reads a body; one that is compressed is none. */
  static PutModelBody read(BytesReference body, XContentType type) throws IOException {
    try (XContentParser parser =
        XContentHelper.createParserNotCompressed(XContentParserConfiguration.EMPTY, body, type)) {
      return parse(parser);
    }
  }

  /** Reads {@code {"items_index", "users_index", "files": {name: base64}}}; nothing else fits. */
  private static PutModelBody parse(XContentParser parser) throws IOException {
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
      if (name.length() > Limits.FILE_NAME) {
        throw new IllegalArgumentException(
            "[files] expects names of at most "
                + Limits.FILE_NAME
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
