package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An object of a JSON file, whose errors say the file, the field and what was expected. */
final class JsonFields {
  private final Path file;
  private final String path;
  private final JsonNode node;

  private JsonFields(Path file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  static JsonFields parse(Path file, byte[] bytes) {
    try {
      JsonNode node = BundleJson.MAPPER.readTree(bytes);
      if (!node.isObject()) {
        throw new UserError(Kind.INPUT, "[" + file + "] is no JSON object: restore the file");
      }
      return new JsonFields(file, "", node);
    } catch (JacksonException e) {
      throw new UserError(
          Kind.INPUT,
          "[" + file + "] is no JSON: " + e.getOriginalMessage() + "; restore the file",
          e);
    }
  }

  String text(String key) {
    JsonNode value = node.path(key);
    if (!value.isString()) {
      throw expected(key, "a text", value);
    }
    return value.asString();
  }

  int integer(String key) {
    JsonNode value = node.path(key);
    if (!value.isInt()) {
      throw expected(key, "a whole number", value);
    }
    return value.intValue();
  }

  float number(String key) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
      throw expected(key, "a number", value);
    }
    return value.floatValue();
  }

  boolean has(String key) {
    return node.has(key);
  }

  JsonFields object(String key) {
    JsonNode value = node.path(key);
    if (!value.isObject()) {
      throw expected(key, "an object", value);
    }
    return new JsonFields(file, path + key + ".", value);
  }

  Optional<JsonFields> optionalObject(String key) {
    return node.has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  List<JsonFields> objects(String key) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode value : array(key)) {
      if (!value.isObject()) {
        throw expected(key, "objects", value);
      }
      objects.add(new JsonFields(file, path + key + "[" + objects.size() + "].", value));
    }
    return objects;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : array(key)) {
      if (!value.isString()) {
        throw expected(key, "texts", value);
      }
      texts.add(value.asString());
    }
    return texts;
  }

  float[] numbers(String key) {
    return numbers(key, array(key));
  }

  /** Rows of equal width, one after the other. */
  float[] rows(String key, int width) {
    JsonNode array = array(key);
    float[] values = new float[array.size() * width];
    for (int row = 0; row < array.size(); row++) {
      float[] one = numbers(key, array.get(row));
      if (one.length != width) {
        throw expected(key, "rows of " + width, array.get(row));
      }
      System.arraycopy(one, 0, values, row * width, width);
    }
    return values;
  }

  Map<String, String> textMap(String key) {
    Map<String, String> map = new TreeMap<>();
    JsonFields inner = object(key);
    for (String name : inner.node.propertyNames()) {
      map.put(name, inner.text(name));
    }
    return map;
  }

  /** Whatever JSON lies there, as maps, lists, texts and numbers; an empty map where nothing is. */
  @SuppressWarnings("unchecked") // An object is converted to a map with texts as keys.
  Map<String, Object> values(String key) {
    return node.has(key)
        ? BundleJson.MAPPER.convertValue(object(key).node, TreeMap.class)
        : new TreeMap<>();
  }

  private JsonNode array(String key) {
    JsonNode value = node.path(key);
    if (!value.isArray()) {
      throw expected(key, "a list", value);
    }
    return value;
  }

  private float[] numbers(String key, JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
        throw expected(key, "numbers", value);
      }
      values[i] = value.floatValue();
    }
    return values;
  }

  private UserError expected(String key, String what, JsonNode got) {
    String text = got.isMissingNode() ? "nothing" : got.toString();
    return new UserError(
        Kind.INPUT,
        "["
            + file
            + "] "
            + path
            + key
            + " expects "
            + what
            + ", got "
            + (text.length() > 80 ? text.substring(0, 80) + "..." : text).replaceAll("\\s+", " ")
            + ": see onnx-models/README.md");
  }
}
