// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.SmallModel;

class GraphReaderTest {
  private static final byte[] GOOD = SmallModel.of("films", "g1", 1).scorerGraph();

  private static void assertRefused(String what, Consumer<OnnxMl.ModelProto.Builder> change)
      throws InvalidProtocolBufferException {
    OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(GOOD).toBuilder();
    change.accept(model);
    String message =
        assertThrows(InvalidBundleException.class, () -> Checks.scorer(model.build().toByteArray()))
            .getMessage();
    assertTrue(message.contains("scorer.onnx") && message.contains(what), message);
  }

  private static OnnxMl.NodeProto.Builder node(OnnxMl.ModelProto.Builder model) {
    return model.getGraphBuilder().addNodeBuilder().setOpType("Add");
  }

  @Test
  void check_ofTheTrainersGraphs_passes() {
    assertDoesNotThrow(() -> Checks.scorer(GOOD));
    assertDoesNotThrow(() -> Checks.encoder(SmallModel.of("films", "g1", 1).encoderGraph()));
  }

  @Test
  void check_ofControlFlow_isRefused() throws InvalidProtocolBufferException {
    for (String operator : new String[] {"Loop", "Scan", "If", "SequenceMap"}) {
      assertRefused("[" + operator + "]", model -> node(model).setOpType(operator));
    }
  }

  @Test
  void check_ofSubgraphs_isRefused() throws InvalidProtocolBufferException {
    assertRefused(
        "subgraph",
        model ->
            node(model).addAttributeBuilder().setG(OnnxMl.GraphProto.newBuilder().setName("g")));
    assertRefused(
        "subgraph",
        model ->
            node(model)
                .addAttributeBuilder()
                .addGraphs(OnnxMl.GraphProto.newBuilder().setName("g")));
  }

  @Test
  void check_ofCustomDomains_isRefused() throws InvalidProtocolBufferException {
    assertRefused("[com.example]", model -> node(model).setDomain("com.example"));
    assertRefused("[ai.onnx.ml]", model -> model.addOpsetImportBuilder().setDomain("ai.onnx.ml"));
    assertRefused("[evil]", model -> model.addOpsetImportBuilder().setDomain("evil"));
  }

  @Test
  void check_ofExternalData_isRefusedWhereverItHides() throws InvalidProtocolBufferException {
    OnnxMl.TensorProto external =
        OnnxMl.TensorProto.newBuilder()
            .setName("w")
            .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
            .build();
    OnnxMl.TensorProto path =
        OnnxMl.TensorProto.newBuilder()
            .setName("w")
            .addExternalData(
                OnnxMl.StringStringEntryProto.newBuilder()
                    .setKey("location")
                    .setValue("/etc/passwd"))
            .build();
    for (OnnxMl.TensorProto tensor : new OnnxMl.TensorProto[] {external, path}) {
      assertRefused("external data", model -> model.getGraphBuilder().addInitializer(tensor));
      assertRefused("external data", model -> node(model).addAttributeBuilder().setT(tensor));
      assertRefused(
          "several tensors", model -> node(model).addAttributeBuilder().addTensors(tensor));
      assertRefused(
          "sparse initializer",
          model ->
              model
                  .getGraphBuilder()
                  .addSparseInitializer(OnnxMl.SparseTensorProto.newBuilder().setValues(tensor)));
      assertRefused(
          "sparse tensor",
          model ->
              node(model)
                  .addAttributeBuilder()
                  .setSparseTensor(OnnxMl.SparseTensorProto.newBuilder().setIndices(tensor)));
    }
  }

  @Test
  void check_ofFunctionsAndTraining_isRefused() throws InvalidProtocolBufferException {
    assertRefused("functions", model -> model.addFunctionsBuilder().setName("f"));
    assertRefused("training", OnnxMl.ModelProto.Builder::addTrainingInfoBuilder);
  }

  @Test
  void check_ofTooManyNodes_isRefused() throws InvalidProtocolBufferException {
    assertRefused(
        "10000 nodes",
        model -> {
          for (int i = 0; i < 10_001; i++) {
            node(model);
          }
        });
  }

  @Test
  void check_ofTooManyAttributesOfANode_isRefused() throws InvalidProtocolBufferException {
    assertRefused(
        "a node with more than 16 attributes",
        model -> {
          OnnxMl.NodeProto.Builder node = node(model);
          for (int i = 0; i < 17; i++) {
            node.addAttributeBuilder()
                .setName("a" + i)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(1);
          }
        });
  }

  @Test
  void check_ofMoreNumbersAndNamesThanTheHeapShallHold_isRefused()
      throws InvalidProtocolBufferException {
    String refused = "it has more nodes, names and numbers than 33554432 bytes hold";
    assertRefused(
        refused,
        model -> {
          for (int i = 0; i < 30; i++) {
            OnnxMl.AttributeProto.Builder ints =
                node(model)
                    .setOpType("Constant")
                    .addOutput("c" + i)
                    .addAttributeBuilder()
                    .setName("value_ints")
                    .setType(OnnxMl.AttributeProto.AttributeType.INTS);
            LongStream.range(0, 1 << 16).forEach(ints::addInts);
          }
        });
    assertRefused(
        refused,
        model -> {
          for (int i = 0; i < 30; i++) {
            OnnxMl.TensorProto.Builder tensor =
                model
                    .getGraphBuilder()
                    .addInitializerBuilder()
                    .setName("t" + i)
                    .setDataType(7)
                    .addDims(1 << 16);
            LongStream.range(0, 1 << 16).forEach(tensor::addInt64Data);
          }
        });
    assertRefused(
        refused,
        model -> {
          for (int i = 0; i < 10_000 - model.getGraph().getNodeCount(); i++) {
            OnnxMl.NodeProto.Builder node = node(model).setOpType("Split").addInput("items");
            for (int end = 0; end < 60; end++) {
              node.addOutput("");
            }
          }
        });
  }

  @Test
  void read_ofALargeModel_takesLittleBesidesItsFile() {
    byte[] graph = SmallModel.heavy("films", "g1", 1_000).scorerGraph();
    assertTrue(graph.length > 4_000_000);
    assertDoesNotThrow(() -> GraphReader.read(graph, new ReadBudget(1 << 15, () -> {})));
  }

  @Test
  void check_ofNoGraphOrNoNodes_isRefused() throws InvalidProtocolBufferException {
    assertRefused("no graph", OnnxMl.ModelProto.Builder::clearGraph);
    assertRefused("no opset", OnnxMl.ModelProto.Builder::clearOpsetImport);
    assertRefused("no nodes", model -> model.getGraphBuilder().clearNode());
  }

  @Test
  void check_ofEveryTruncation_isRefused() {
    for (int length = 0; length < GOOD.length; length++) {
      byte[] cut = Arrays.copyOf(GOOD, length);
      assertThrows(InvalidBundleException.class, () -> Checks.scorer(cut), "cut " + length);
    }
  }

  @Test
  void check_ofLengthsBeyondTheEnd_isRefused() {
    byte[][] bad = {
      {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
      {
        0x3a,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        0x01
      },
      {
        0x3a,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        (byte) 0xff,
        0x01
      },
      {0x3b},
      {0x3c},
      {0x07},
      {0x39, 1, 2},
      {0x3d, 1},
      {0x38, 1},
      {0x00, 0x00},
      {(byte) 0x80},
    };
    for (byte[] bytes : bad) {
      assertThrows(
          InvalidBundleException.class, () -> Checks.scorer(bytes), Arrays.toString(bytes));
    }
  }

  @Property(tries = 2_000)
  void check_ofAnyBytes_passesOrRefusesAndNothingElse(@ForAll @Size(max = 200) byte[] bytes) {
    try {
      Checks.scorer(bytes);
    } catch (InvalidBundleException refused) {
      assertTrue(refused.getMessage().startsWith("scorer.onnx"));
    }
  }

  @Property(tries = 3_000)
  void check_ofAGoodGraphWithBytesChanged_passesOrRefusesAndNothingElse(
      @ForAll @IntRange(min = 0, max = 100_000) int at, @ForAll byte value) {
    byte[] changed = GOOD.clone();
    changed[at % changed.length] = value;
    try {
      Checks.scorer(changed);
    } catch (InvalidBundleException refused) {
      assertTrue(refused.getMessage().startsWith("scorer.onnx"));
    }
  }
}
