// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.serving.Bundle;

/**
 * Parses a bundle's JSON files with Elasticsearch's parser, token by token, and stops where a file
 * is larger, deeper or has more in it than a bundle's: what it takes on the heap is bounded before
 * it is taken.
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
      Map<String, Object> object = new Reading(file, parser).object(1);
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

    private Reading(String file, XContentParser parser) {
      this.file = file;
      this.parser = parser;
    }

    private Map<String, Object> object(int depth) throws IOException {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
        String key = shortText(parser.currentName());
        parser.nextToken();
        fields.put(key, value(depth));
      }
      return fields;
    }

    private List<Object> list(int depth) throws IOException {
      List<Object> entries = new ArrayList<>();
      while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
        entries.add(value(depth));
      }
      return entries;
    }

    private Object value(int depth) throws IOException {
      if (++values > MAX_VALUES) {
        throw new InvalidBundleException(file + " expects at most " + MAX_VALUES + " values");
      }
      XContentParser.Token token = parser.currentToken();
      if (token == XContentParser.Token.START_OBJECT || token == XContentParser.Token.START_ARRAY) {
        if (depth >= MAX_DEPTH) {
          throw new InvalidBundleException(
              file + " expects objects and lists at most " + MAX_DEPTH + " deep");
        }
        return token == XContentParser.Token.START_OBJECT ? object(depth + 1) : list(depth + 1);
      }
      Object value = parser.objectText();
      return value instanceof String text ? shortText(text) : value;
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
