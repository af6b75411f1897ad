// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators that are taken, as {@code operators.txt} lists them. Everything else is refused.
 */
final class OperatorTable {
  /** Where the list is documented. */
  static final String PAGE = "onnx-models/operators.md lists what is taken";

  private static final int MIN_OPSET = 13;
  private static final int MAX_OPSET = 22;
  private static final OperatorTable INSTANCE = load();

  private final Map<String, List<Row>> rows = new LinkedHashMap<>();

  /**
   * An operator in a range of opsets.
   *
   * @param inputs kinds in order: {@code float}, {@code bool}, {@code any} of both, {@code
   *     constant} float, {@code ints} that are constant; {@code ?} may be left out, {@code +} is
   *     one or more
   * @param attributes kind by name
   * @param output element type, or where it comes from
   * @param shape the rule of {@link ShapeRules}
   * @param work what one element of the output (of a product: one multiplication) costs, in
   *     floating operations of a dense layer that take as long
   */
  record Row(
      String operator,
      int from,
      int to,
      List<String> inputs,
      Map<String, String> attributes,
      String output,
      String shape,
      long work) {
    Row {
      inputs = List.copyOf(inputs);
      attributes = Map.copyOf(attributes);
    }

    /** How many inputs there may be at most. */
    int most() {
      return !inputs.isEmpty() && inputs.get(inputs.size() - 1).endsWith("+")
          ? Integer.MAX_VALUE
          : inputs.size();
    }

    /** The kind of an input, without how often it may come. */
    String kind(int input) {
      String kind = inputs.get(Math.min(input, inputs.size() - 1));
      return isRequired(input) && !kind.endsWith("+") ? kind : kind.substring(0, kind.length() - 1);
    }

    boolean isRequired(int input) {
      return input < inputs.size() && !inputs.get(input).endsWith("?");
    }
  }

  private OperatorTable() {}

  static OperatorTable instance() {
    return INSTANCE;
  }

  /** Checks the version of ONNX's operators. */
  static int opset(long version) {
    if (version < MIN_OPSET || version > MAX_OPSET) {
      throw GraphRefusal.because(
          "its opset is "
              + version
              + ", "
              + MIN_OPSET
              + " to "
              + MAX_OPSET
              + " are taken: export it with one of these");
    }
    return (int) version;
  }

  /** The row of an operator. */
  Row row(String operator, int opset) {
    List<Row> all =
        Optional.ofNullable(rows.get(operator))
            .orElseThrow(() -> GraphRefusal.because("it is not taken; " + PAGE));
    return all.stream()
        .filter(row -> row.from() <= opset && opset <= row.to())
        .findFirst()
        .orElseThrow(() -> GraphRefusal.because("it is not taken of opset " + opset + "; " + PAGE));
  }

  /** Every row, in the file's order. */
  List<Row> rows() {
    return rows.values().stream().flatMap(List::stream).toList();
  }

  private static OperatorTable load() {
    try (InputStream in = OperatorTable.class.getResourceAsStream("operators.txt")) {
      OperatorTable table = new OperatorTable();
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(2).forEach(table::add);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException("operators.txt of the plugin's jar cannot be read", e);
    }
  }

  private void add(String line) {
    String[] cells = line.split("\\|", -1);
    String[] range = cells[2].strip().split("-", -1);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String attribute : words(cells[4])) {
      int colon = attribute.indexOf(':');
      attributes.put(attribute.substring(0, colon), attribute.substring(colon + 1));
    }
    Row row =
        new Row(
            cells[1].strip(),
            Integer.parseInt(range[0]),
            Integer.parseInt(range[1]),
            words(cells[3]),
            attributes,
            cells[5].strip(),
            cells[6].strip(),
            Long.parseLong(cells[7].strip()));
    rows.computeIfAbsent(row.operator(), name -> new ArrayList<>()).add(row);
  }

  private static List<String> words(String cell) {
    return cell.isBlank() ? List.of() : List.of(cell.strip().split(" ", -1));
  }
}
