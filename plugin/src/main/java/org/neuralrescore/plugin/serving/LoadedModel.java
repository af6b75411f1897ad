// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.BatchScorer;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.plugin.onnx.OnnxEncoder;
import org.neuralrescore.plugin.onnx.OnnxScorer;
import org.neuralrescore.plugin.onnx.ReferenceCount;
import org.neuralrescore.plugin.onnx.RunTerms;

/**
 * A model with its sessions open, shared by reference: whoever runs it holds a {@link Lease}, and
 * the sessions close when the owner let go and the last lease is closed.
 */
public final class LoadedModel {
  private final ModelManifest manifest;
  private final ModelCost cost;
  private final MemoryAccount memory;
  private final OnnxScorer scorer;
  private final Optional<OnnxEncoder> encoder;
  private final BatchPool pool;
  private final Optional<DotForm> linear;
  private final ReferenceCount references = new ReferenceCount(this::closeSessions);

  private LoadedModel(
      ModelManifest manifest,
      ModelCost cost,
      OnnxScorer scorer,
      Optional<OnnxEncoder> encoder,
      BatchPool pool,
      Optional<DotForm> linear,
      MemoryAccount memory) {
    this.manifest = manifest;
    this.cost = cost;
    this.scorer = scorer;
    this.encoder = encoder;
    this.memory = memory;
    this.pool = pool;
    this.linear = linear;
  }

  /** Opens a bundle that nobody may call off. */
  public static LoadedModel open(Bundle bundle, Host host) {
    return open(bundle, host, Cancellation.NEVER);
  }

  /**
   * Opens a bundle's graphs; the caller owns the first reference and gives it up with {@link
   * #release}. What it takes is counted before the first native call.
   *
   * @param cancellation asked now and then; what it throws ends the opening and is thrown
   * @throws org.neuralrescore.bundle.InvalidBundleException where a graph is refused
   */
  public static LoadedModel open(Bundle bundle, Host host, Cancellation cancellation) {
    Graphs graphs = Graphs.check(bundle, host.limits().get(), cancellation);
    RunTerms terms = host.terms();
    long bytes = graphs.cost().openBytes();
    terms.memory().take(bytes, "model [" + bundle.manifest().name() + "]");
    boolean open = false;
    try {
      LoadedModel model = open(bundle, graphs, terms, cancellation);
      open = true;
      return model;
    } finally {
      if (!open) {
        terms.memory().giveBack(bytes);
      }
    }
  }

  private static LoadedModel open(
      Bundle bundle, Graphs graphs, RunTerms terms, Cancellation cancellation) {
    ModelManifest manifest = bundle.manifest();
    OnnxScorer scorer = OnnxScorer.open(manifest.scorer(), graphs.scorer(), terms);
    BatchPool pool = new BatchPool(layout(manifest), terms.memory());
    boolean open = false;
    try {
      Optional<DotForm> linear =
          DotCheck.form(
              scorer,
              graphs.scorer().bilinear(),
              pool,
              manifest.scorer(),
              bundle.parity(),
              cancellation);
      Optional<OnnxEncoder> encoder =
          graphs
              .encoder()
              .map(
                  graph ->
                      OnnxEncoder.open(
                          manifest.encoder().orElseThrow(), manifest.rank(), graph, terms));
      open = true;
      return new LoadedModel(
          manifest, graphs.cost(), scorer, encoder, pool, linear, terms.memory());
    } finally {
      if (!open) {
        scorer.close();
        pool.close();
      }
    }
  }

  private static BatchLayout layout(ModelManifest manifest) {
    return new BatchLayout(manifest.scorer().user().width(), widths(manifest.scorer().rowInputs()))
        .withContext(widths(manifest.scorer().requestInputs()));
  }

  private static int[] widths(List<? extends InputSource> inputs) {
    return inputs.stream().mapToInt(InputSource::width).toArray();
  }

  /** The widths of the scorer's batches; may be read without a lease. */
  public BatchLayout layout() {
    return pool.layout();
  }

  /** What the model takes; may be read without a lease. */
  public ModelCost cost() {
    return cost;
  }

  /** Bytes outside of the heap that a window of so many rows takes while it is scored. */
  public long windowBytes(int rows) {
    return Math.addExact(pool.layout().bytes(rows), scorer.runBytes(rows));
  }

  /** What the model promises; may be read without a lease. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** A right to run the model until it is closed; empty where the sessions are closed already. */
  public Optional<Lease> lease() {
    return references.acquire() ? Optional.of(new Lease()) : Optional.empty();
  }

  /**
   * Runs a few rows and a history of one item, all of no meaning, so that no search is the first to
   * run the model. By the owner.
   *
   * @throws RuntimeException where it cannot run now
   */
  public void rehearse() {
    FeatureBatch batch = pool.take(OnnxScorer.SMALLEST_CHUNK);
    try {
      scorer.score(batch, Cancellation.NEVER);
    } finally {
      pool.giveBack(batch);
    }
    FloatMatrix item = FloatMatrix.ofRows(List.of(FloatVector.of(new float[manifest.rank()])));
    encoder.ifPresent(graph -> graph.encode(item, FloatVector.of(1), Cancellation.NEVER));
  }

  /** Lets go what it keeps for its next windows and does not use now. By the owner. */
  public void letGoBatches() {
    pool.letGo();
  }

  /** Gives up the owner's reference; once. */
  public void release() {
    references.release();
  }

  /** References held now, the owner's included. */
  public int references() {
    return references.count();
  }

  private void closeSessions() {
    try {
      scorer.close();
    } finally {
      encoder.ifPresent(OnnxEncoder::close);
      pool.close();
      memory.giveBack(cost.openBytes());
    }
  }

  /** A right to run the model; for one thread, closed once. */
  public final class Lease implements AutoCloseable {
    private boolean closed;

    private Lease() {}

    /** The model's scorer, until this is closed. */
    public BatchScorer scorer() {
      return scorer;
    }

    /** What the scorer is where it is linear, so that it need not be asked. */
    public Optional<DotForm> linear() {
      return linear;
    }

    /** Lends batches of the scorer's layout. */
    public BatchPool pool() {
      return pool;
    }

    /** The user vector of a history; empty where the model has no encoder. */
    public Optional<FloatVector> encode(
        FloatMatrix items, FloatVector weights, Cancellation cancellation) {
      return encoder.map(graph -> graph.encode(items, weights, cancellation));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        references.release();
      }
    }
  }
}
