// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON lines: an object a line. Columns are the keys of the first lines, {@code user.id} for a key
 * inside another; values of an array are parted by {@code |}; a line may leave keys out, and what
 * is null is blank.
 */
public final class JsonTable implements Table {
  /** A key that none of so many lines has is no column. */
  private static final int LOOKED_AT = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A line.
   *
   * @param lists the keys of arrays that are neither blank nor one plain value
   */
  private record Row(long line, Map<String, String> cells, Set<String> lists) {}

  private final String name;
  private final BufferedReader lines;
  private final Deque<Row> ahead = new ArrayDeque<>();
  private final List<String> columns;
  private long line;
  private Row row;

  private JsonTable(BufferedReader lines, String name, List<String> columns) {
    this.lines = lines;
    this.name = name;
    this.columns = List.copyOf(columns);
  }

  private JsonTable(BufferedReader lines, String name) throws IOException {
    this.lines = lines;
    this.name = name;
    Set<String> keys = new LinkedHashSet<>();
    while (ahead.size() < LOOKED_AT && read()) {
      keys.addAll(ahead.getLast().cells().keySet());
    }
    if (keys.isEmpty()) {
      throw new UserError(UserError.Kind.INPUT, name + ": is empty; expected a JSON object a line");
    }
    this.columns = List.copyOf(keys);
  }

  /**
   * Opens.
   *
   * @param source without a byte-order mark; this table's from now on
   * @param name what errors call it
   */
  public static JsonTable of(Reader source, String name) throws IOException {
    return new JsonTable(new BufferedReader(source), name);
  }

  /** As above, of lines whose columns those before them told. */
  static JsonTable of(Reader source, String name, List<String> columns) {
    return new JsonTable(new BufferedReader(source), name, columns);
  }

  private boolean read() throws IOException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (!text.isBlank()) {
        Row read = new Row(line, new LinkedHashMap<>(), new HashSet<>());
        flatten("", object(text), read);
        ahead.addLast(read);
        return true;
      }
    }
    return false;
  }

  private JsonNode object(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  private UserError malformed(Throwable cause) {
    return new UserError(
        UserError.Kind.INPUT,
        name + " line " + line + " is no JSON object; write one object a line, each on one line",
        cause);
  }

  private static void flatten(String before, JsonNode object, Row row) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String key = before + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(key + ".", value, row);
      } else {
        row.cells().put(key, text(value));
        if (isList(value)) {
          row.lists().add(key);
        }
      }
    }
  }

  /** An array of nothing is blank, and one of one plain value is that value. */
  private static boolean isList(JsonNode value) {
    return value.isArray()
        && (value.size() > 1 || !value.valueStream().allMatch(JsonNode::isValueNode));
  }

  private static String text(JsonNode value) {
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode)) {
      return value.valueStream().map(JsonTable::text).collect(Collectors.joining("|"));
    }
    if (value.isFloatingPointNumber()) {
      return NumberText.of(value.doubleValue(), value.asString());
    }
    return value.isNull() ? "" : value.isValueNode() ? value.asString() : value.toString();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    if (ahead.isEmpty() && !read()) {
      return false;
    }
    row = ahead.removeFirst();
    return true;
  }

  @Override
  public String cell(int column) {
    return row.cells().getOrDefault(columns.get(column), "").trim();
  }

  @Override
  public boolean several(int column) {
    return row.lists().contains(columns.get(column));
  }

  @Override
  public String place() {
    return "line " + row.line();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
