// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.TinyGraph.DOUBLE;
import static org.neuralrescore.plugin.bundle.TinyGraph.INT32;
import static org.neuralrescore.plugin.bundle.TinyGraph.INT64;
import static org.neuralrescore.plugin.bundle.TinyGraph.reading;
import static org.neuralrescore.plugin.bundle.TinyGraph.scorer;
import static org.neuralrescore.plugin.graph.Checks.assertRefused;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.Limits;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.trainer.bundle.onnx.UserEncoderGraph;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.model.SquaredFoldIn;

/** Kinds of hostile graphs, each with what the refusal says. */
class GraphCheckTest {
  private static TinyGraph good() {
    return scorer().node("Identity", "dot", "score");
  }

  @Test
  void operatorsThatAreNotOnTheList_areNamedWithThePage() {
    for (String operator :
        new String[] {
          "Loop",
          "If",
          "Scan",
          "NonZero",
          "Range",
          "Tile",
          "Resize",
          "Pad",
          "RandomNormal",
          "Mod",
          "ConstantOfShape",
          "GatherND",
          "Size",
          "Shape",
          "TopK",
          "BitShift",
          "NoSuchThing",
          ""
        }) {
      TinyGraph graph = reading(made -> made.node(operator, "items", "x"));
      assertRefused("node 1, operator [" + operator + "]: it is not taken", graph);
      assertRefused("onnx-models/operators.md", graph);
    }
  }

  @Test
  void wholeNumbersThatAreComputedWith_areRefused() {
    assertRefused("a cast to an integer", reading(g -> g.node("Cast", "user", "x", "to", INT64)));
    assertRefused("element type 6", reading(g -> g.node("Cast", "user", "x", "to", INT32)));
    assertRefused(
        "element type 6",
        scorer()
            .with(m -> m.getGraphBuilder().addInitializer(integers(INT32)))
            .node("Div", "c c", "score"));
    assertRefused(
        "element type 11", good().with(m -> m.getGraphBuilder().addInitializer(integers(DOUBLE))));
    assertRefused(
        "input 0 expects float, got int64", scorer().longs("c", 1).node("Div", "c c", "score"));
  }

  private static TensorProto integers(int type) {
    return TensorProto.newBuilder()
        .setName("c")
        .setDataType(type)
        .addDims(1)
        .addInt32Data(1)
        .build();
  }

  @Test
  void sizesFromValues_areRefused() {
    for (String operator : new String[] {"Expand", "Reshape"}) {
      assertRefused(
          "expects int64 that is constant, got float32 that depends on the inputs",
          reading(g -> g.node(operator, "dot user", "x")));
    }
    assertRefused(
        "expects int64 that is constant", reading(g -> g.node("Gather", "items user", "x")));
    assertRefused(
        "operator [Cast]",
        reading(g -> g.node("Cast", "user", "n", "to", INT64).node("Expand", "user n", "x")));
  }

  @Test
  void sizesThatGrowWithTheSquareOfTheRows_areRefused() {
    assertRefused(
        "rows x rows",
        reading(g -> g.node("Transpose", "items", "t").node("MatMul", "items t", "x")));
    assertRefused("rows x rows", reading(g -> g.node("Gemm", "items items", "x", "transB", 1)));
    assertRefused(
        "rows x rows", reading(g -> g.node("Transpose", "dot", "t").node("Add", "dot t", "x")));
  }

  @Test
  void rowsThatSeeEachOther_areRefusedInAScorer() {
    String expected = "its rows see each other";
    assertRefused(expected, scorer().node("Softmax", "dot", "score", "axis", 0));
    assertRefused(
        expected,
        scorer()
            .longs("a", 0)
            .node("ReduceMean", "dot", "m", "axes", new long[] {0})
            .node("Sub", "dot m", "score"));
    assertRefused(expected, reading(g -> g.node("Gemm", "items dot", "x", "transA", 1)));
    assertRefused(
        expected, reading(g -> g.node("LayerNormalization", "items user", "x", "axis", 0)));
    assertRefused(
        "along the rows", reading(g -> g.longs("i", 0).node("Gather", "items i", "x", "axis", 0)));
    assertRefused("along the rows", reading(g -> g.node("Concat", "items items", "x", "axis", 0)));
    assertRefused(
        "along the rows",
        reading(g -> g.longs("s", 0).longs("e", 1).node("Slice", "items s e", "x")));
    assertRefused(
        "the rows as an axis", reading(g -> g.longs("s", 2, -1).node("Reshape", "items s", "x")));
    assertRefused(
        "features are expected in axis 1",
        reading(
            g ->
                g.floats("one", new long[] {1}, 1)
                    .node("Transpose", "items", "t")
                    .node("BatchNormalization", "t one one one one", "x")));
  }

  @Test
  void rowsThatSeeEachOther_areTheUserEncodersJob() {
    byte[] encoder =
        TinyGraph.ofOpset(17)
            .input("items", TinyGraph.ROWS, 2)
            .input("weights", TinyGraph.ROWS, 1)
            .output("user", 1, 2)
            .node("Softmax", "weights", "shares", "axis", 0)
            .node("Gemm", "shares items", "user", "transA", 1)
            .bytes();
    CheckedGraph checked = Checks.encoder(encoder, 2);
    // shares 4 bytes a row and as many of scratch, user 8 bytes.
    assertEquals(new Linear(8, 8), checked.cost().runBytes());
  }

  @Test
  void memory_isKnownBeforeItIsTaken() {
    TinyGraph huge =
        scorer()
            .floats("one", new long[] {1, 1}, 1)
            .longs("s", 1 << 15, 1 << 15)
            .node("Expand", "one s", "x")
            .node("ReduceMax", "x", "m", "axes", new long[] {0, 1})
            .node("Add", "dot m", "score");
    assertRefused("bytes to open, at most", huge);
    assertRefused(
        "bytes a run of 256 rows",
        scorer()
            .longs("s", 1, 1 << 17)
            .node("Expand", "dot s", "x")
            .node("ReduceMax", "x", "score", "axes", new long[] {1}));
    assertRefused(
        "sizes expect 1 to", reading(g -> g.longs("s", 1L << 40).node("Expand", "user s", "x")));
    assertRefused(
        "operations to open",
        reading(
            g -> {
              g.zeros("p0", 256, 256);
              for (int i = 0; i < 40; i++) {
                g.node("MatMul", "p" + i + " p0", "p" + (i + 1));
              }
              g.node("Identity", "p40", "x");
            }));
    assertRefused(
        "operations a run of 256 rows",
        scorer()
            .zeros("w", 2, 960)
            .zeros("v", 960, 960)
            .zeros("o", 960, 1)
            .node("MatMul", "items w", "a")
            .node("MatMul", "a v", "b")
            .node("MatMul", "b v", "c")
            .node("MatMul", "c v", "d")
            .node("MatMul", "d o", "score"));
  }

  /** Nothing ends one operator: a run of a thousand short ones ends between two of them. */
  @Test
  void workOfOneOperator_isBoundedByItself() {
    assertRefused(
        "node 2, operator [MatMul]: it takes 2147533648 operations at once in a run of 256 rows,"
            + " at most 536870912 are allowed",
        scorer()
            .zeros("w", 2, 2048)
            .zeros("v", 2048, 2048)
            .zeros("o", 2048, 1)
            .node("MatMul", "items w", "a")
            .node("MatMul", "a v", "b")
            .node("MatMul", "b o", "score"));
  }

  @Test
  void encodersOfEveryKind_ofRank512AndAThousandItems_areFarBelowTheBoundOfAnOperator() {
    int rank = 512;
    float[] gram = new float[rank * rank];
    Arrays.fill(gram, 0.01f);
    float[] sums = new float[rank];
    Arrays.fill(sums, 1);
    GraphLimits limits =
        new GraphLimits(1L << 28, 1L << 31, 1L << 26, 1L << 33, 1L << 29, Limits.HISTORY);
    for (FoldIn foldIn :
        List.of(
            new ImplicitFoldIn(rank, gram, 0.1f, 1, 48),
            new SquaredFoldIn(rank, gram, 0.1f, 0.1f, 48),
            new KullbackLeiblerFoldIn(sums, 0.1f, 0.1f, 48),
            new NeighbourFoldIn(rank))) {
      byte[] graph = UserEncoderGraph.export(foldIn, "test");
      assertEquals("user-encoder.onnx", Checks.encoder(graph, rank, limits).file());
    }
  }

  @Test
  void cost_ofTheTrainersScorer_isWhatItsTensorsTake() {
    GraphCost cost =
        Checks.scorer(
                scorer()
                    .zeros("w", 2, 16)
                    .node("MatMul", "items w", "h")
                    .node("Relu", "h", "r")
                    .zeros("v", 16, 1)
                    .node("Gemm", "r v dot", "score")
                    .bytes(),
                2)
            .cost();
    assertEquals(new Linear(0, 4 + 64 + 64 + 4), cost.runBytes());
    assertEquals((32 + 16) * 4 * 2 + 4 * GraphCost.NODE_BYTES, cost.openBytes());
    assertEquals(2 * 2 + 2 * 32 + 8 * 16 + 2 * 16, cost.work().perRow());
    assertEquals(4 * GraphCost.NODE_WORK, cost.work().base());
  }

  @Test
  void sparseTensors_areRefused() {
    TensorProto value = TinyGraph.tensor("x", new long[] {1}, 1);
    assertRefused(
        "sparse initializer",
        reading(
            g ->
                g.with(
                    m ->
                        m.getGraphBuilder()
                            .addSparseInitializer(
                                SparseTensorProto.newBuilder()
                                    .setValues(value)
                                    .addDims(500_000_000)))));
  }

  @Test
  void attributesThatAreNotTaken_areRefused() {
    assertRefused("attribute [alfa]", good().node("Relu", "dot", "r", "alfa", 1));
    assertRefused(
        "attribute [transB] expects int, got float",
        good().node("Gemm", "items user", "r", "transB", 1f));
    assertRefused("expects 0 or 1, got 7", good().node("Gemm", "items user", "r", "transB", 7));
    assertRefused(
        "subgraph",
        good().node("Relu", "dot", "r", "g", ModelProto.getDefaultInstance().getGraph()));
    assertRefused("[axis] twice", good().node("Softmax", "user", "r", "axis", 0, "axis", 1));
    assertRefused(
        "with a value of another",
        good()
            .node("Softmax", "user", "r", "axis", 1)
            .with(
                m -> {
                  int last = m.getGraphBuilder().getNodeCount() - 1;
                  m.getGraphBuilder().getNodeBuilder(last).getAttributeBuilder(0).setF(2);
                }));
  }

  @Test
  void namesThatMeanTwoThings_areRefused() {
    assertRefused("made twice", good().node("Relu", "dot", "score"));
    assertRefused("made twice", good().zeros("dot", 1));
    assertRefused("made twice", good().zeros("items", 1, 2));
    assertRefused("without a name of its own", good().zeros("w", 1).zeros("w", 1));
    assertRefused("without a name of its own", good().input("user", 1, 2));
    assertRefused("not there yet", scorer().node("Relu", "later", "score"));
    assertRefused("no operator makes the output", scorer().zeros("score", 1, 1));
  }

  @Test
  void tensorsWithOtherValuesThanTheySay_areRefused() {
    assertRefused("expects 16 bytes", good().floats("w", new long[] {2, 2}, 1, 2, 3));
    assertRefused("size of 0", good().floats("w", new long[] {0}, 1));
    assertRefused("size of -3", good().floats("w", new long[] {-3}, 1));
    assertRefused("sizes expect 1 to", good().floats("w", new long[] {1L << 40}, 1));
    assertRefused(
        "stand in 2 fields",
        good()
            .with(
                m ->
                    m.getGraphBuilder()
                        .addInitializer(
                            TinyGraph.tensor("w", new long[] {1}, 1).toBuilder()
                                .setRawData(ByteString.copyFrom(new byte[4])))));
    assertRefused("more than 65536", good().longs("w", new long[70_000]));
  }

  @Test
  void versionsOutOfRange_areRefused() {
    for (int opset : new int[] {1, 12, 23, 1_000_000}) {
      assertRefused(
          "its opset is " + opset + ", 13 to 22 are taken",
          scorer(opset).node("Identity", "dot", "score"));
    }
    assertRefused("IR version is 3", good().with(m -> m.setIrVersion(3)));
    assertRefused("two opsets", good().with(m -> m.addOpsetImportBuilder().setVersion(17)));
  }

  @Test
  void fieldsThatComeTwiceOrThatNobodyKnows_areRefused() {
    byte[] good = good().bytes();
    assertRefused("once, it comes twice", joined(good, good));
    for (int field : new int[] {9, 26, 100}) {
      assertRefused("field " + field, joined(good, new byte[] {0, 0}, field));
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] value, int field) {
    return joined(
        first, new ProtobufWriter().raw(field, java.nio.ByteBuffer.wrap(value)).toBytes());
  }

  @Test
  void bytesOfTwoFormats_areRefused() {
    // What a protobuf reader takes for a number and eight bytes has ORT's mark at byte 4.
    byte[] mark = {0x08, 0x08, 0x09, 0, 'O', 'R', 'T', 'M', 0, 0, 0};
    assertRefused("field 1 once", joined(mark, good().bytes()));
  }

  @Test
  void check_writesTheGraphAnew() {
    byte[] decorated =
        good()
            .with(
                m -> {
                  m.setDocString("a doc").setProducerName("someone");
                  m.getGraphBuilder().addValueInfo(TinyGraph.value("dot", INT64, 7));
                  m.getGraphBuilder().getNodeBuilder(0).setName("a name").setDocString("a doc");
                })
            .zeros("unused", 3)
            .bytes();
    byte[] written = Checks.scorer(decorated, 2).bytes();
    String text = new String(written, StandardCharsets.ISO_8859_1);
    for (String gone : new String[] {"a doc", "someone", "a name", "unused", "tiny"}) {
      assertFalse(text.contains(gone), gone);
    }
    assertTrue(text.contains("Gemm_0"), text);
    assertArrayEquals(written, Checks.scorer(written, 2).bytes());
    assertArrayEquals(written, Checks.scorer(good().bytes(), 2).bytes());
  }
}
