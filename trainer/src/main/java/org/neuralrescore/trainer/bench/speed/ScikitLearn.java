// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.solver.NmfLoss;
import org.neuralrescore.trainer.factors.solver.NmfState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * scikit-learn's NMF as a child process: a matrix and a start go out as raw files, seconds and the
 * objective come back as a line of JSON.
 */
final class ScikitLearn {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String SCRIPT = "scikit_learn_nmf.py";

  private final String version;

  private ScikitLearn(String version) {
    this.version = version;
  }

  /** Present where Debian's Python has it. */
  static Optional<ScikitLearn> find() {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return Optional.empty();
    }
    Output output = run(List.of(PYTHON, "-c", "import sklearn; print(sklearn.__version__)"), 1);
    return output.code == 0 ? Optional.of(new ScikitLearn(output.text.strip())) : Optional.empty();
  }

  String version() {
    return version;
  }

  /** The name of its solver for a loss. */
  static String solver(NmfLoss loss) {
    return switch (loss) {
      case KULLBACK_LEIBLER -> "mu";
      case SQUARED_ERROR -> "cd";
    };
  }

  /**
   * One run.
   *
   * @param seconds of the factorisation alone, without start-up, reading and objective
   * @param objective in double
   */
  record Fit(double seconds, double objective) {}

  /** Factorises with a fixed number of iterations from a start. */
  Fit fit(SparseMatrix matrix, NmfState start, NmfLoss loss, int iterations, int threads) {
    try {
      Path folder = Files.createTempDirectory("scikit-learn");
      try {
        int[] starts = new int[matrix.rowCount() + 1];
        for (int r = 0; r < matrix.rowCount(); r++) {
          starts[r + 1] = matrix.end(r);
        }
        write(folder.resolve("indptr"), starts);
        write(folder.resolve("indices"), matrix.columns());
        write(folder.resolve("data"), matrix.values());
        write(folder.resolve("w"), start.rows());
        write(folder.resolve("h"), start.columns());
        Path script = folder.resolve(SCRIPT);
        try (InputStream in = ScikitLearn.class.getResourceAsStream(SCRIPT)) {
          Files.copy(in, script);
        }
        List<String> command =
            List.of(
                PYTHON,
                script.toString(),
                folder.toString(),
                String.valueOf(matrix.rowCount()),
                String.valueOf(matrix.columnCount()),
                String.valueOf(start.rank()),
                solver(loss),
                String.valueOf(iterations));
        Output output = run(command, threads);
        if (output.code != 0) {
          throw new UserError(
              UserError.Kind.ENVIRONMENT,
              "scikit-learn ended with code "
                  + output.code
                  + ": "
                  + output.text.strip().replace('\n', ' '));
        }
        JsonNode answer = JsonMapper.builder().build().readTree(output.text);
        return new Fit(answer.get("seconds").asDouble(), answer.get("objective").asDouble());
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Output(int code, String text) {}

  private static Output run(List<String> command, int threads) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      builder.environment().put(name, String.valueOf(threads));
    }
    try {
      Process process = builder.start();
      try {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(UserError.Kind.ENVIRONMENT, "scikit-learn was interrupted", e);
    }
  }

  private static void write(Path path, int[] values) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    littleEndian(bytes).asIntBuffer().put(values);
    Files.write(path, bytes);
  }

  private static void write(Path path, float[] values) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    Files.write(path, bytes);
  }

  private static void write(Path path, double[] values) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
    littleEndian(bytes).asDoubleBuffer().put(values);
    Files.write(path, bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (var listed = Files.list(folder)) {
      listed.forEach(files::add);
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
