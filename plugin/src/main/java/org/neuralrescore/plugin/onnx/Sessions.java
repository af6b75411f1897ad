package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.neuralrescore.bundle.InvalidBundleException;

/**
 * Opens sessions from bytes that {@link GraphGuard} passed. One thread a run: a search thread is
 * the unit of work, and a node that answers many searches has no use for more. No arena, so that
 * memory does not grow with the largest window ever seen.
 */
final class Sessions {
  private static final Pattern RUNNING = Pattern.compile("while running (\\w+) node");

  private Sessions() {}

  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment();
  }

  /** The caller closes the session. */
  static OrtSession open(String file, byte[] bytes) {
    GraphGuard.check(file, bytes);
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setCPUArenaAllocator(false);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return environment().createSession(bytes, options);
    } catch (OrtException e) {
      throw new InvalidBundleException(
          file + " is refused by ONNX Runtime: " + firstLine(e.getMessage()), e);
    }
  }

  static void requireNames(String file, String side, Set<String> expected, Set<String> actual) {
    if (!expected.equals(actual)) {
      throw new InvalidBundleException(
          file
              + " "
              + side
              + " expect the manifest's names "
              + expected.stream().sorted().toList()
              + ", got "
              + actual.stream().sorted().toList());
    }
  }

  /**
   * Checks one input's or output's type and shape.
   *
   * @param shape sizes in order; -1 accepts any size, and a graph's dynamic size fits anything
   */
  static void requireShape(
      String file, String side, String name, Map<String, NodeInfo> infos, long... shape) {
    if (!(infos.get(name).getInfo() instanceof TensorInfo tensor)) {
      throw new InvalidBundleException(file + " " + side + " [" + name + "] expects a tensor");
    }
    long[] actual = tensor.getShape();
    boolean fits = tensor.type == OnnxJavaType.FLOAT && actual.length == shape.length;
    for (int d = 0; fits && d < shape.length; d++) {
      // A fixed number of rows would fit one window only.
      fits = shape[d] == -1 ? actual[d] == -1 : actual[d] == -1 || actual[d] == shape[d];
    }
    if (!fits) {
      throw new InvalidBundleException(
          file
              + " "
              + side
              + " ["
              + name
              + "] expects float32 of shape "
              + text(shape)
              + ", got "
              + tensor.type
              + " of shape "
              + text(actual));
    }
  }

  /**
   * What ONNX Runtime says of a run that failed, without its message: that can repeat numbers that
   * were computed from a user's vector. Neither it nor the exception may go on.
   */
  static String runFailure(OrtException failure) {
    Matcher node = RUNNING.matcher(String.valueOf(failure.getMessage()));
    return failure.getCode() + (node.find() ? " in a node [" + node.group(1) + "]" : "");
  }

  static String firstLine(String message) {
    int end = message == null ? -1 : message.indexOf('\n');
    return end < 0 ? String.valueOf(message) : message.substring(0, end);
  }

  private static String text(long[] shape) {
    return Arrays.toString(shape);
  }
}
