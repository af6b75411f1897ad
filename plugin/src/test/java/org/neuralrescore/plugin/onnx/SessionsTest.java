// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.lucene.ScoringException;

class SessionsTest {
  @TempDir private Path folder;

  /** A model in ONNX Runtime's own format. */
  private byte[] ortFormat() throws OrtException, IOException {
    Path file = folder.resolve("model.ort");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizedModelFilePath(file.toString());
      options.addConfigEntry("session.save_model_format", "ORT");
      byte[] onnx = SmallModel.of("films", "g1", 1).scorerGraph();
      OrtEnvironment.getEnvironment().createSession(onnx, options).close();
    }
    return Files.readAllBytes(file);
  }

  @Test
  void failed_repeatsNothingOfWhatTheRuntimeSays() {
    OrtException failure =
        new OrtException(
            OrtException.OrtErrorCode.ORT_RUNTIME_EXCEPTION,
            "Non-zero status code returned while running Gather node. Name:'secret' Status Message:"
                + " indices element out of data bounds, idx=-8125 must be within [-2,1]");
    ScoringException told = Sessions.failed("scorer.onnx", 3, failure);
    assertEquals(
        "scorer.onnx failed on 3 rows: ORT_RUNTIME_EXCEPTION in a node [Gather]",
        told.getMessage());
    StringWriter logged = new StringWriter();
    told.printStackTrace(new PrintWriter(logged));
    assertFalse(logged.toString().contains("8125"), logged.toString());
  }

  /** An index computed from the user, which no graph that is taken has: it fails as it runs. */
  @Test
  void run_thatFails_repeatsNothingThatWasComputedFromAVector() throws OrtException {
    byte[] graph =
        TinyGraph.ofOpset(17)
            .input("user", 1, 2)
            .output("score", TinyGraph.ROWS, 2)
            .node("Cast", "user", "index", "to", TinyGraph.INT64)
            .node("Gather", "user index", "picked", "axis", 0)
            .node("Squeeze", "picked", "score")
            .bytes();
    try (OrtSession session = Sessions.open("scorer.onnx", graph);
        OnnxTensor user =
            OnnxTensor.createTensor(Sessions.environment(), new float[][] {{8125, 4375}})) {
      OrtException failure =
          assertThrows(OrtException.class, () -> session.run(Map.of("user", user)));
      assertTrue(failure.getMessage().contains("8125"), failure.getMessage());
      String told = Sessions.failed("scorer.onnx", 1, failure).getMessage();
      assertFalse(told.contains("8125") || told.contains("4375"), told);
      assertTrue(told.endsWith("in a node [Gather]"), told);
    }
  }

  @Test
  void open_ofAnotherFormatThanOnnx_isRefusedByTheRuntime() throws OrtException, IOException {
    byte[] bytes = ortFormat();
    assertEquals("ORTM", new String(bytes, 4, 4, StandardCharsets.US_ASCII));
    String message =
        assertThrows(InvalidBundleException.class, () -> Sessions.open("scorer.onnx", bytes))
            .getMessage();
    assertTrue(message.contains("refused by ONNX Runtime"), message);
  }
}
