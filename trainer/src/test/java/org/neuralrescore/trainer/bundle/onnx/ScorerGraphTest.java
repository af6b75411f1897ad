// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;

class ScorerGraphTest {
  /** Sums run in another order; the worst of 300 such models differed by 5.9e-7. */
  private static final float TOLERANCE = 1e-5f;

  @Property(tries = 60)
  void export_thenRun_scoresAsTheJavaArithmeticDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 64) int rank,
      @ForAll @IntRange(min = 0, max = 3) int depth,
      @ForAll @IntRange(min = 1, max = 1200) int rows) {
    Random random = new Random(seed);
    int[] hidden = new int[depth];
    for (int l = 0; l < depth; l++) {
      hidden[l] = 1 + random.nextInt(96);
    }
    assertScoresAgree(RandomModels.scorer(random, rank, hidden), random, rows);
  }

  private static void assertScoresAgree(ScorerWeights scorer, Random random, int rows) {
    float[] user = RandomModels.nonNegative(random, scorer.rank());
    float[] items = RandomModels.nonNegative(random, rows * scorer.rank());
    float[] expected = new float[rows];
    float[] actual = new float[rows];

    scorer.score(user, items, expected);
    try (OnnxScorer onnx = new OnnxScorer(ScorerGraph.export(scorer, "test"), scorer.rank())) {
      onnx.score(user, items, actual);
    }

    for (int row = 0; row < rows; row++) {
      float allowed = TOLERANCE * Math.max(1f, Math.abs(expected[row]));
      assertEquals(expected[row], actual[row], allowed, "row " + row);
    }
  }

  @Property(tries = 40)
  void export_withFeaturesContextAndRecentVector_scoresAsTheJavaArithmeticDoes(
      @ForAll long seed,
      @ForAll boolean recent,
      @ForAll @IntRange(min = 1, max = 32) int rank,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 1200) int rows) {
    Random random = new Random(seed);
    ScorerInputs inputs = recent ? withRecent(inputs(width)) : inputs(width);
    ScorerWeights scorer = RandomModels.scorer(random, inputs, rank, 1 + random.nextInt(32), 5);
    float[] user = RandomModels.nonNegative(random, rank);
    ScorerRequest request =
        ScorerRequest.of(user)
            .withContext(RandomModels.nonNegative(random, inputs.contextWidth()))
            .withRecent(RandomModels.nonNegative(random, inputs.recentWidth(rank)));
    float[] items = RandomModels.nonNegative(random, rows * rank);
    float[] features = RandomModels.nonNegative(random, rows * inputs.featureWidth());
    float[] expected = new float[rows];
    float[] actual = new float[rows];

    scorer.score(request, items, features, expected);
    try (OnnxScorer onnx = new OnnxScorer(ScorerGraph.export(scorer, "test"), rank, inputs)) {
      onnx.score(request, items, features, actual);
    }

    for (int row = 0; row < rows; row++) {
      float allowed = TOLERANCE * Math.max(1f, Math.abs(expected[row]));
      assertEquals(expected[row], actual[row], allowed, "row " + row);
    }
  }

  @Property(tries = 30)
  void export_ofAScorerThatReadsWhatHistoriesSay_scoresAsTheJavaArithmeticDoes(
      @ForAll long seed,
      @ForAll boolean network,
      @ForAll boolean features,
      @ForAll @IntRange(min = 1, max = 300) int rows) {
    Random random = new Random(seed);
    int rank = 1 + random.nextInt(16);
    ScorerInputs beside = network && features ? withRecent(inputs(3)) : ScorerInputs.none();
    ScorerInputs inputs = beside.withWide();
    ScorerWeights plain =
        network
            ? RandomModels.scorer(random, inputs, rank, 9, 4)
            : new ScorerWeights(rank, 0.7f, -2f, List.of(), inputs);
    ScorerWeights scorer =
        new ScorerWeights(
            rank, plain.dotScale(), plain.bias(), 1.9f, plain.layers(), plain.inputs());
    ScorerRequest request =
        ScorerRequest.of(RandomModels.nonNegative(random, rank))
            .withContext(RandomModels.nonNegative(random, inputs.contextWidth()))
            .withRecent(RandomModels.nonNegative(random, inputs.recentWidth(rank)));
    float[] items = RandomModels.nonNegative(random, rows * rank);
    float[] x = RandomModels.nonNegative(random, rows * inputs.featureWidth());
    for (int i = 0; i < x.length; i += 5) {
      x[i] = -3 * x[i];
    }
    float[] expected = new float[rows];
    float[] actual = new float[rows];

    scorer.score(request, items, x, expected);
    try (OnnxScorer onnx = new OnnxScorer(ScorerGraph.export(scorer, "test"), rank, inputs)) {
      onnx.score(request, items, x, actual);
    }

    for (int row = 0; row < rows; row++) {
      float allowed = TOLERANCE * Math.max(1f, Math.abs(expected[row]));
      assertEquals(expected[row], actual[row], allowed, "row " + row);
    }
  }

  private static ScorerInputs withRecent(ScorerInputs inputs) {
    return new ScorerInputs(inputs.features(), inputs.context(), Optional.of(RecentItems.of(5)));
  }

  private static ScorerInputs inputs(int width) {
    return new ScorerInputs(
        List.of(FeatureBlock.number("popularity"), FeatureBlock.vector("content", width)),
        List.of(
            new ContextColumn("hour", "hour", List.of("0", "1")),
            new ContextColumn("device", "device", List.of("0", "1", "2"))));
  }

  @Test
  void export_withFeaturesAndContext_declaresAnInputEach() throws InvalidProtocolBufferException {
    GraphProto graph =
        ModelProto.parseFrom(
                ScorerGraph.export(RandomModels.scorer(new Random(3), inputs(6), 4, 8), "1"))
            .getGraph();

    assertEquals(
        List.of(
            "user [1, 4]",
            "items [rows, 4]",
            "popularity [rows, 1]",
            "content [rows, 6]",
            "hour [1, 2]",
            "device [1, 3]"),
        graph.getInputList().stream().map(ScorerGraphTest::signature).toList());
  }

  @Test
  void export_whenThereAreNoLayers_isTheDotPathAlone() {
    ScorerWeights scorer = new ScorerWeights(2, 2f, -1f, List.of());
    float[] scores = new float[2];

    try (OnnxScorer onnx = new OnnxScorer(ScorerGraph.export(scorer, "test"), 2)) {
      onnx.score(new float[] {1f, 3f}, new float[] {1f, 1f, 0f, 0f}, scores);
    }

    assertArrayEquals(new float[] {7f, -1f}, scores);
  }

  @Test
  void score_whenOneUserFollowsAnother_keepsNothingOfTheFirst() {
    Random random = new Random(7);
    ScorerWeights scorer = RandomModels.scorer(random, 8, 16);
    float[] first = RandomModels.nonNegative(random, 8);
    float[] second = RandomModels.nonNegative(random, 8);
    float[] items = RandomModels.nonNegative(random, 8 * 5);
    float[] alone = new float[5];
    float[] after = new float[5];

    try (OnnxScorer onnx = new OnnxScorer(ScorerGraph.export(scorer, "test"), 8)) {
      onnx.score(second, items, alone);
      onnx.score(first, items, after);
      onnx.score(second, items, after);
    }

    assertArrayEquals(alone, after);
  }

  @Test
  void export_givesTheSameBytesEveryTime() {
    assertArrayEquals(
        ScorerGraph.export(RandomModels.scorer(new Random(3), 16, 32, 8), "1"),
        ScorerGraph.export(RandomModels.scorer(new Random(3), 16, 32, 8), "1"));
  }

  @Test
  void export_keepsToOpset13AndIr7AndPlainOperators() throws InvalidProtocolBufferException {
    ModelProto model =
        ModelProto.parseFrom(ScorerGraph.export(RandomModels.scorer(new Random(3), 4, 8), "9.9"));

    assertEquals(7, model.getIrVersion());
    assertEquals(1, model.getOpsetImportCount());
    assertEquals(13, model.getOpsetImport(0).getVersion());
    assertEquals("", model.getOpsetImport(0).getDomain());
    assertEquals("neural-rescore", model.getProducerName());
    assertEquals("9.9", model.getProducerVersion());
    assertTrue(model.getGraph().getNodeList().stream().allMatch(n -> n.getDomain().isEmpty()));
  }

  @Test
  void export_declaresTheShapesOfTheContract() throws InvalidProtocolBufferException {
    GraphProto graph =
        ModelProto.parseFrom(ScorerGraph.export(RandomModels.scorer(new Random(3), 4, 8), "1"))
            .getGraph();

    assertEquals("user [1, 4]", signature(graph.getInput(0)));
    assertEquals("items [rows, 4]", signature(graph.getInput(1)));
    assertEquals("score [rows, 1]", signature(graph.getOutput(0)));
    assertEquals(2, graph.getInputCount());
    assertEquals(1, graph.getOutputCount());
  }

  @Test
  void load_whenTheBytesAreNoModel_namesTheFile() {
    UserError error = assertThrows(UserError.class, () -> new OnnxScorer(new byte[] {1, 2, 3}, 4));

    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("[scorer.onnx] does not load"), error.getMessage());
  }

  @Test
  void load_whenTheGraphHasOtherInputs_namesBoth() {
    byte[] encoder = UserEncoderGraph.export(RandomModels.foldIn(new Random(1), 4, 3), "1");

    UserError error = assertThrows(UserError.class, () -> new OnnxScorer(encoder, 4));

    assertTrue(error.getMessage().contains("expects inputs [user, items]"), error.getMessage());
  }

  @Test
  void score_whenTheUserIsTooLong_isRefusedBeforeTheNativeCode() {
    byte[] model = ScorerGraph.export(RandomModels.scorer(new Random(1), 4), "1");
    try (OnnxScorer onnx = new OnnxScorer(model, 4)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> onnx.score(new float[5], new float[4], new float[1]));
    }
  }

  @Test
  void score_whenTheRankIsNotTheGraphs_isAMismatch() {
    byte[] model = ScorerGraph.export(RandomModels.scorer(new Random(1), 4), "1");
    try (OnnxScorer onnx = new OnnxScorer(model, 5)) {
      UserError error =
          assertThrows(UserError.class, () -> onnx.score(new float[5], new float[5], new float[1]));
      assertEquals(UserError.Kind.MISMATCH, error.kind());
    }
  }

  static String signature(ValueInfoProto value) {
    List<String> dims = new ArrayList<>();
    for (Dimension dim : value.getType().getTensorType().getShape().getDimList()) {
      dims.add(dim.hasDimParam() ? dim.getDimParam() : Long.toString(dim.getDimValue()));
    }
    return value.getName() + " " + dims;
  }
}
