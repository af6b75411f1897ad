// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.lucene.ScoringException;

/**
 * Opens sessions from checked graphs and nothing else. One thread a run: a search thread is the
 * unit of work, and a node that answers many searches has no use for more. No arena, so that memory
 * does not grow with the largest window ever seen.
 */
final class Sessions {
  private static final Pattern RUNNING = Pattern.compile("while running (\\w+) node");

  private Sessions() {}

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment();
  }

  /**
   * The caller closes the session.
   *
   * @throws InvalidBundleException where ONNX Runtime refuses the graph
   * @throws IllegalStateException where this machine cannot load ONNX Runtime: no graph is at fault
   */
  static OrtSession open(CheckedGraph graph) {
    return open(graph.file(), graph.bytes());
  }

  static OrtSession open(String file, byte[] bytes) {
    try {
      return create(file, bytes);
    } catch (LinkageError e) {
      throw NativeLibrary.notLoaded(e);
    }
  }

  private static OrtSession create(String file, byte[] bytes) {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setCPUArenaAllocator(false);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // Else it looks at the bytes and decides by itself whether they are its own format.
      options.addConfigEntry("session.load_model_format", "ONNX");
      return environment().createSession(bytes, options);
    } catch (OrtException e) {
      throw new InvalidBundleException(
          file + " is refused by ONNX Runtime: " + firstLine(e.getMessage()), e);
    }
  }

  static ScoringException failed(String file, int rows, OrtException e) {
    return new ScoringException(file + " failed on " + rows + " rows: " + runFailure(e));
  }

  static void close(String file, OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ScoringException(file + " cannot be closed: " + e.getMessage(), e);
    }
  }

  /**
   * What ONNX Runtime says of a run that failed, without its message: that can repeat numbers that
   * were computed from a user's vector. Neither it nor the exception may go on.
   */
  private static String runFailure(OrtException failure) {
    Matcher node = RUNNING.matcher(String.valueOf(failure.getMessage()));
    return failure.getCode() + (node.find() ? " in a node [" + node.group(1) + "]" : "");
  }

  static String firstLine(String message) {
    int end = message == null ? -1 : message.indexOf('\n');
    return end < 0 ? String.valueOf(message) : message.substring(0, end);
  }
}
