package org.neuralrescore.bundle;

import java.util.ArrayList;
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

  String text(String key) {
    if (fields.get(key) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw wrong(key, "a text");
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object entry : list(key)) {
      if (!(entry instanceof String text)) {
        throw wrong(key, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  int integer(String key) {
    if (fields.get(key) instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw wrong(key, "a whole number");
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

  private InvalidBundleException wrong(String key, String rule) {
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
      String text = String.valueOf(value);
      got = "[" + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + "]";
    }
    return new InvalidBundleException(path + " expects " + rule + ", got " + got);
  }
}
