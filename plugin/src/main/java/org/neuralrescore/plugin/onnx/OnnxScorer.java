package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.graph.CheckedGraph;
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
   * Opens a graph.
   *
   * @param graph checked against {@link Signatures#of(ScorerSpec)}
   * @throws org.neuralrescore.bundle.InvalidBundleException where ONNX Runtime refuses it
   */
  public static OnnxScorer open(ScorerSpec spec, CheckedGraph graph) {
    return new OnnxScorer(graph.file(), Sessions.open(graph), spec, Signatures.isFlat(graph));
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
    Sessions.close(file, session);
  }
}
