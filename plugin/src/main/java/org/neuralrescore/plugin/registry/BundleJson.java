// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.serving.Bundle;
import org.neuralrescore.plugin.serving.OpeningHeap;

/**
 * Parses a bundle's JSON files with Elasticsearch's parser, token by token, and stops where a file
 * is larger, deeper or has more in it than a bundle's: what it takes on the heap is bounded before
 * it is taken. What a manifest says to the trainer alone is read and not kept: an open model holds
 * its manifest as long as it is open.
 */
public final class BundleJson implements Bundle.JsonParser {
  /** The longest file in bytes. */
  static final int MAX_BYTES = 16 << 20;

  /** How deep objects and lists may nest. */
  static final int MAX_DEPTH = 16;

  /** How many values a file may have, those inside objects and lists counted. */
  static final int MAX_VALUES = 1 << 20;

  /** The longest text or key. */
  static final int MAX_TEXT = 1 << 16;

  /** What all that is kept may take on the heap. */
  static final int MAX_HEAP = OpeningHeap.READ_BYTES;

  /** Bytes of a number, and of its place in a list. */
  private static final int NUMBER = 24;

  /** Bytes of a text besides its characters, of which each is two, and of its place. */
  private static final int TEXT = 64;

  /** Bytes of an empty list with room for its first entries, or of an empty map with its table. */
  private static final int CONTAINER = 144;

  /** Bytes of what a map holds beside a key and its value. */
  private static final int FIELD = 40;

  private static final Set<String> NOT_SERVED = Set.of("provenance", "metrics");

  @Override
  public Map<String, Object> parse(String file, byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new InvalidBundleException(
          file + " expects at most " + MAX_BYTES + " bytes, got " + json.length);
    }
    try (XContentParser parser =
        XContentType.JSON.xContent().createParser(XContentParserConfiguration.EMPTY, json)) {
      if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
        throw new InvalidBundleException(file + " expects one JSON object");
      }
      Map<String, Object> object = new Reading(file, parser).object(1, true);
      if (parser.nextToken() != null) {
        throw new InvalidBundleException(file + " expects one JSON object, more follows");
      }
      return object;
    } catch (IOException | XContentParseException | IllegalStateException e) {
      throw new InvalidBundleException(
          file
              + " expects a JSON object: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  private static final class Reading {
    private final String file;
    private final XContentParser parser;
    private int values;
    private long heap;

    private Reading(String file, XContentParser parser) {
      this.file = file;
      this.parser = parser;
    }

    private Map<String, Object> object(int depth, boolean kept) throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
        String key = shortText(parser.currentName());
        parser.nextToken();
        Object value = value(depth, kept && !(depth == 1 && isNotServed(key)));
        if (kept) {
          take(FIELD + textBytes(key));
          fields.put(key, value);
        }
      }
      return fields;
    }

    private boolean isNotServed(String key) {
      return file.equals(ModelManifest.FILE) && NOT_SERVED.contains(key);
    }

    private List<Object> list(int depth, boolean kept) throws IOException {
      List<Object> entries = new ArrayList<>();
      while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
        Object value = value(depth, kept);
        if (kept) {
          entries.add(value);
        }
      }
      return entries;
    }

    /** A value; where it is not kept, an empty one of its kind. */
    private Object value(int depth, boolean kept) throws IOException {
      if (++values > MAX_VALUES) {
        throw new InvalidBundleException(file + " expects at most " + MAX_VALUES + " values");
      }
      XContentParser.Token token = parser.currentToken();
      if (token == XContentParser.Token.START_OBJECT || token == XContentParser.Token.START_ARRAY) {
        if (depth >= MAX_DEPTH) {
          throw new InvalidBundleException(
              file + " expects objects and lists at most " + MAX_DEPTH + " deep");
        }
        take(kept ? CONTAINER : 0);
        return token == XContentParser.Token.START_OBJECT
            ? object(depth + 1, kept)
            : list(depth + 1, kept);
      }
      Object value = parser.objectText();
      if (value instanceof String text) {
        take(kept ? textBytes(shortText(text)) : 0);
      } else {
        take(kept ? NUMBER : 0);
      }
      return value;
    }

    private void take(long bytes) {
      heap += bytes;
      if (heap > MAX_HEAP) {
        throw new InvalidBundleException(
            file + " expects to take at most " + MAX_HEAP + " bytes of the heap when it is read");
      }
    }

    private static long textBytes(String text) {
      return TEXT + (long) Character.BYTES * text.length();
    }

    private String shortText(String text) {
      if (text.length() > MAX_TEXT) {
        throw new InvalidBundleException(
            file + " expects texts of at most " + MAX_TEXT + " characters, got " + text.length());
      }
      return text;
    }
  }
}
