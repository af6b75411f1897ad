// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as the maps, lists, numbers and texts that a parser gives, read with errors that
 * name the file and the path.
 */
final class JsonObject {
  private final String path;
  private final Map<?, ?> fields;

  private JsonObject(String path, Map<?, ?> fields) {
    this.path = path;
    this.fields = fields;
  }

  static JsonObject root(String file, Map<String, ?> fields) {
    return new JsonObject(file + " ", fields);
  }

  /**
   * Refuses any other key, with the nearest of the right ones.
   *
   * @param keys all that may stand here
   */
  JsonObject only(String... keys) {
    List<String> known = List.of(keys);
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new InvalidBundleException(
            where()
                + " expects no ["
                + cut(key)
                + "]"
                + NearestWord.of(key, known)
                    .map(nearest -> ", did you mean [" + nearest + "]?")
                    .orElse(", only " + known));
      }
    }
    return this;
  }

  private String where() {
    return path.substring(0, path.length() - 1);
  }

  /** Whether there is a value: null is as nothing. */
  boolean has(String key) {
    return fields.get(key) != null;
  }

  List<String> keys() {
    return fields.keySet().stream().map(String::valueOf).toList();
  }

  JsonObject object(String key) {
    return asObject(path + key, fields.get(key));
  }

  Optional<JsonObject> optionalObject(String key) {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  List<JsonObject> objects(String key) {
    List<?> list = list(key);
    List<JsonObject> objects = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      objects.add(asObject(path + key + "[" + i + "]", list.get(i)));
    }
    return objects;
  }

  /** A name: 1 to {@link Limits#NAME} characters that fit one line. */
  String text(String key) {
    if (!(fields.get(key) instanceof String text) || text.isEmpty()) {
      throw wrong(key, "a text");
    }
    if (text.length() > Limits.NAME) {
      throw new InvalidBundleException(
          path + key + " expects at most " + Limits.NAME + " characters, got " + text.length());
    }
    // Registries, headers and logs keep names in lines.
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidBundleException(path + key + " expects a text without control characters");
    }
    return text;
  }

  /**
   * A list of texts.
   *
   * @param most characters of one
   */
  List<String> texts(String key, int most) {
    List<String> texts = new ArrayList<>();
    for (Object entry : list(key)) {
      if (!(entry instanceof String text)) {
        throw wrong(key, "a list of texts");
      }
      if (text.length() > most) {
        throw new InvalidBundleException(
            path
                + key
                + "["
                + texts.size()
                + "] expects at most "
                + most
                + " characters, got "
                + text.length());
      }
      texts.add(text);
    }
    return texts;
  }

  /** Whatever JSON lies there; an empty map where nothing is. */
  Map<String, Object> values(String key) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (has(key)) {
      object(key).fields.forEach((name, value) -> values.put(String.valueOf(name), value));
    }
    return values;
  }

  int integer(String key) {
    // JSON has one kind of number: 4.0 is as whole as 4.
    if (fields.get(key) instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw wrong(key, "a whole number");
  }

  int integer(String key, int least, int most) {
    int value = integer(key);
    if (value < least || value > most) {
      throw wrong(key, least + " to " + most);
    }
    return value;
  }

  float number(String key) {
    return asFloat(path + key, fields.get(key));
  }

  FloatVector vector(String key) {
    return asVector(path + key, fields.get(key));
  }

  FloatMatrix matrix(String key) {
    List<?> list = list(key);
    if (list.isEmpty()) {
      throw wrong(key, "a list of rows");
    }
    List<FloatVector> rows = new ArrayList<>(list.size());
    for (int r = 0; r < list.size(); r++) {
      rows.add(asVector(path + key + "[" + r + "]", list.get(r)));
      if (rows.get(r).length() != rows.get(0).length() || rows.get(r).length() == 0) {
        throw wrong(key, "rows of one width");
      }
    }
    return FloatMatrix.ofRows(rows);
  }

  private List<?> list(String key) {
    if (fields.get(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list");
  }

  InvalidBundleException wrong(String key, String rule) {
    return wrongAt(path + key, rule, fields.get(key));
  }

  private static JsonObject asObject(String path, Object value) {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject(path + ".", map);
    }
    throw wrongAt(path, "an object", value);
  }

  private static FloatVector asVector(String path, Object value) {
    if (!(value instanceof List<?> list)) {
      throw wrongAt(path, "a list of numbers", value);
    }
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = asFloat(path + "[" + i + "]", list.get(i));
    }
    return FloatVector.of(values);
  }

  private static float asFloat(String path, Object value) {
    if (value instanceof Number number && Float.isFinite(number.floatValue())) {
      return number.floatValue();
    }
    throw wrongAt(path, "a finite number", value);
  }

  /** Says the kind of a nested value only: it may be large, or a vector. */
  private static InvalidBundleException wrongAt(String path, String rule, Object value) {
    String got = "nothing";
    if (value instanceof Map) {
      got = "an object";
    } else if (value instanceof List) {
      got = "a list";
    } else if (value != null) {
      got = "[" + cut(String.valueOf(value)) + "]";
    }
    return new InvalidBundleException(path + " expects " + rule + ", got " + got);
  }

  /** As much of a text as fits a message, on one line. */
  static String cut(String text) {
    String some = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    return some.replaceAll("\\p{Cntrl}", " ");
  }
}
