package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.lucene.BatchScorer;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.lucene.ScoringException;

/**
 * The scorer graph: one user in one context against the rows of a batch. Reads the batch's direct
 * buffers and writes its outputs without a copy. {@link #score} may run on several threads; {@link
 * #close} must not overlap with it, which {@link ReferenceCount} sees to.
 */
public final class OnnxScorer implements BatchScorer, AutoCloseable {
  private final String file;
  private final OrtSession session;
  private final String user;
  private final List<InputSource> requestInputs;
  private final List<InputSource> rowInputs;
  private final String output;
  private final boolean flatOutput;

  private OnnxScorer(String file, OrtSession session, ScorerSpec spec, boolean flatOutput) {
    this.file = file;
    this.session = session;
    this.user = spec.user().name();
    this.requestInputs = spec.requestInputs();
    this.rowInputs = spec.rowInputs();
    this.output = spec.output();
    this.flatOutput = flatOutput;
  }

  /**
   * Opens a graph and checks its signature against the manifest's.
   *
   * @throws org.neuralrescore.bundle.InvalidBundleException where it does not fit
   */
  public static OnnxScorer open(ScorerSpec spec, byte[] bytes) {
    OrtSession session = Sessions.open(spec.file(), bytes);
    boolean open = false;
    try {
      OnnxScorer scorer = new OnnxScorer(spec.file(), session, spec, checkSignature(spec, session));
      open = true;
      return scorer;
    } finally {
      if (!open) {
        close(spec.file(), session);
      }
    }
  }

  /** True where the output is {@code [rows]}, false where it is {@code [rows, 1]}. */
  private static boolean checkSignature(ScorerSpec spec, OrtSession session) {
    String file = spec.file();
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      Set<String> names = spec.inputs().stream().map(InputSource::name).collect(Collectors.toSet());
      Sessions.requireNames(file, "inputs", names, inputs.keySet());
      for (InputSource input : spec.inputs()) {
        long rows = input.isOncePerSearch() ? 1 : -1;
        Sessions.requireShape(file, "input", input.name(), inputs, rows, input.width());
      }
      Map<String, NodeInfo> outputs = session.getOutputInfo();
      Sessions.requireNames(file, "outputs", Set.of(spec.output()), outputs.keySet());
      boolean flat =
          outputs.get(spec.output()).getInfo() instanceof TensorInfo tensor
              && tensor.getShape().length == 1;
      if (flat) {
        Sessions.requireShape(file, "output", spec.output(), outputs, -1);
      } else {
        Sessions.requireShape(file, "output", spec.output(), outputs, -1, 1);
      }
      return flat;
    } catch (OrtException e) {
      throw new ScoringException(file + " can not be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void score(FeatureBatch batch) {
    OrtEnvironment environment = Sessions.environment();
    int rows = batch.rows();
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try (OnnxTensor target =
        OnnxTensor.createTensor(
            environment, batch.outputs(), flatOutput ? new long[] {rows} : new long[] {rows, 1})) {
      tensors.put(user, tensor(environment, batch.user(), 1, batch.layout().userWidth()));
      for (int i = 0; i < requestInputs.size(); i++) {
        tensors.put(
            requestInputs.get(i).name(),
            tensor(environment, batch.context(i), 1, requestInputs.get(i).width()));
      }
      for (int i = 0; i < rowInputs.size(); i++) {
        tensors.put(
            rowInputs.get(i).name(),
            tensor(environment, batch.input(i), rows, rowInputs.get(i).width()));
      }
      // The output is pinned to the batch's buffer: the result owns nothing of its own.
      session.run(tensors, Set.of(), Map.of(output, target)).close();
    } catch (OrtException e) {
      throw new ScoringException(file + " failed on " + rows + " rows: " + Sessions.runFailure(e));
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment, FloatBuffer values, int rows, int width) throws OrtException {
    return OnnxTensor.createTensor(environment, values, new long[] {rows, width});
  }

  @Override
  public void close() {
    close(file, session);
  }

  private static void close(String file, OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ScoringException(file + " can not be closed: " + e.getMessage(), e);
    }
  }
}
