// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.neuralrescore.plugin.PageLines;
import org.neuralrescore.plugin.bundle.TinyGraph;

class OperatorTableTest {
  private static final long R = Shape.ROWS;
  private static final int ROWS = 5;

  private static List<String> rows(String text) {
    return text.lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| operator"))
        .toList();
  }

  @Test
  void pageAndTable_agree() throws IOException {
    Path page =
        Path.of(System.getProperty("neuralrescore.root")).resolve("onnx-models/operators.md");
    try (InputStream in = OperatorTable.class.getResourceAsStream("operators.txt")) {
      assertEquals(
          rows(new String(in.readAllBytes(), StandardCharsets.UTF_8)),
          rows(Files.readString(page).split("## Operators", -1)[1]));
    }
  }

  @Test
  void page_hasTheBoundsOfAGraph() throws IOException {
    PageLines.assertHas(
        "onnx-models/operators.md",
        List.of(
            String.format(Locale.ROOT, "| file | %,d MiB |", GraphCheck.MAX_BYTES >> 20),
            String.format(Locale.ROOT, "| nodes | %,d |", GraphReader.MAX_NODES),
            String.format(
                Locale.ROOT, "| attributes of a node | %,d |", GraphReader.MAX_ATTRIBUTES),
            String.format(
                Locale.ROOT, "| inputs, or outputs, of a node | %,d |", GraphReader.MAX_ENDS),
            String.format(Locale.ROOT, "| constants | %,d |", GraphReader.MAX_CONSTANTS)));
  }

  @Test
  void everyRow_givesAReason() throws IOException {
    try (InputStream in = OperatorTable.class.getResourceAsStream("operators.txt")) {
      for (String row : rows(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
        String[] cells = row.split("\\|", -1);
        assertEquals(10, cells.length, row);
        assertTrue(cells[8].strip().length() > 3, row);
      }
    }
  }

  /** Every row, at both ends of its range: ONNX Runtime makes the shape that was worked out. */
  @TestFactory
  List<DynamicTest> everyOperator_runsAtBothEndsAndHasTheShape() {
    List<DynamicTest> tests = new ArrayList<>();
    for (OperatorTable.Row row : OperatorTable.instance().rows()) {
      for (int opset : new int[] {row.from(), row.to()}) {
        tests.add(
            DynamicTest.dynamicTest(row.operator() + " of opset " + opset, () -> run(row, opset)));
      }
    }
    return tests;
  }

  private static void run(OperatorTable.Row row, int opset) throws OrtException {
    TinyGraph graph = TinyGraph.ofOpset(opset).input("a", R, 4).input("one", 1, 4);
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < row.inputs().size(); i++) {
      inputs.add(input(graph, row, i));
    }
    String outputs = row.shape().equals("split") ? "r s" : "r";
    graph.node(row.operator(), String.join(" ", inputs), outputs, attributes(row));
    if (row.output().equals("bool")) {
      graph.node("Cast", "r", "out", "to", TinyGraph.FLOAT);
    } else if (row.shape().equals("constant")) {
      graph.node("Mul", "a r", "out");
    } else {
      graph.node("Identity", "r", "out");
    }
    Shape expected = expected(row);
    byte[] bytes = graph.output("out", expected.sizes()).bytes();
    Signature signature =
        new Signature(
            Map.of("a", Shape.of(R, 4), "one", Shape.of(1, 4)), "out", List.of(expected), true);
    CheckedGraph checked = GraphCheck.check("g.onnx", bytes, signature, Checks.LIMITS, () -> {});
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(checked.bytes(), options);
        OnnxTensor a =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new float[ROWS][4]);
        OnnxTensor one = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new float[1][4]);
        OrtSession.Result result = session.run(Map.of("a", a, "one", one))) {
      long[] sizes = expected.sizes();
      for (int axis = 0; axis < sizes.length; axis++) {
        sizes[axis] = sizes[axis] == R ? ROWS : sizes[axis];
      }
      assertArrayEquals(sizes, ((OnnxTensor) result.get(0)).getInfo().getShape());
    }
  }

  private static String input(TinyGraph graph, OperatorTable.Row row, int input) {
    String name = "i" + input;
    switch (row.shape() + " " + row.kind(input)) {
      case "gemm float", "matmul float" -> {
        if (input == 0) {
          return "a";
        }
        graph.zeros(name, input == 1 ? new long[] {4, 3} : new long[] {3});
      }
      case "layer_norm float" -> {
        if (input == 0) {
          return "a";
        }
        graph.zeros(name, 4);
      }
      case "batch_norm constant" -> graph.zeros(name, 4);
      case "same float" -> {
        if (input == 0) {
          return "a";
        }
        graph.floats(name, new long[0], input);
      }
      case "expand ints" -> graph.longs(name, 3, 1, 4);
      case "reshape ints" -> graph.longs(name, -1, 2, 2);
      case "split ints" -> graph.longs(name, 1, 3);
      case "slice ints" -> graph.longs(name, new long[][] {{1}, {9}, {1}, {2}}[input - 1]);
      case "gather ints" -> graph.longs(name, 3, -1, 0);
      case "unsqueeze ints", "reduce ints" -> graph.longs(name, 1);
      case "squeeze any" -> {
        graph.longs("s", 1).node("Unsqueeze", "a s", name);
      }
      case "squeeze ints" -> graph.longs(name, -2);
      default -> {
        if (row.kind(input).equals("bool")) {
          graph.node("Cast", input == 0 ? "a" : "one", name, "to", TinyGraph.BOOL);
        } else {
          return input == 0 ? "a" : "one";
        }
      }
    }
    return name;
  }

  private static Object[] attributes(OperatorTable.Row row) {
    return switch (row.operator()) {
      case "Cast" -> new Object[] {"to", TinyGraph.FLOAT};
      case "Concat", "Gather", "Split" -> new Object[] {"axis", 1};
      case "Gelu" -> new Object[] {"approximate", "tanh"};
      case "Constant" -> new Object[] {"value_floats", new float[] {1, 2, 3, 4}};
      default ->
          row.attributes().containsKey("axes")
              ? new Object[] {"axes", new long[] {1}}
              : new Object[0];
    };
  }

  private static Shape expected(OperatorTable.Row row) {
    return switch (row.shape()) {
      case "gemm", "matmul", "gather" -> Shape.of(R, 3);
      case "reduce" -> Shape.of(R, 1);
      case "concat" -> Shape.of(R, 4);
      case "split" -> Shape.of(R, 1);
      case "slice" -> Shape.of(R, 2);
      case "reshape" -> Shape.of(R, 2, 2);
      case "unsqueeze" -> Shape.of(R, 1, 4);
      case "transpose" -> Shape.of(4, R);
      case "expand" -> Shape.of(3, R, 4);
      default -> Shape.of(R, 4);
    };
  }
}
