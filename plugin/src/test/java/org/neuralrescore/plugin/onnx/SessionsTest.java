package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.SmallModel;

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
  void open_ofAnotherFormatThanOnnx_isRefusedByTheRuntime() throws OrtException, IOException {
    byte[] bytes = ortFormat();
    assertEquals("ORTM", new String(bytes, 4, 4, StandardCharsets.US_ASCII));
    String message =
        assertThrows(InvalidBundleException.class, () -> Sessions.open("scorer.onnx", bytes))
            .getMessage();
    assertTrue(message.contains("refused by ONNX Runtime"), message);
  }
}
