package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.serving.Bundle;

/** Parses a bundle's JSON files with Elasticsearch's parser. */
public final class BundleJson implements Bundle.JsonParser {
  @Override
  public Map<String, Object> parse(String file, byte[] json) {
    try (XContentParser parser =
        XContentType.JSON.xContent().createParser(XContentParserConfiguration.EMPTY, json)) {
      Map<String, Object> object = parser.map();
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
}
