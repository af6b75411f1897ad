// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ScoreTransform;

/**
 * Rescores the best hits of a first pass with a scorer. The hits beyond the window keep their order
 * below them (see {@link Combination}). The given {@link TopDocs} and its hits are read and never
 * changed: others hold them.
 *
 * <p>For one user, one context and one search; holds no native resource and no scratch, so several
 * threads may call it.
 */
public final class NeuralRescorer extends Rescorer {
  private final BatchScorer scorer;
  private final BatchPool pool;
  private final List<Feature> features;
  private final FloatVector user;
  private final List<FloatVector> context;
  private final Combination combination;
  private final OutputExplainer explainer;
  private final int window;
  private final Cancellation cancellation;
  private final Gatherer gatherer;
  private final Optional<DotForm> linear;

  private NeuralRescorer(Builder builder) {
    this.scorer = builder.scorer;
    this.pool = builder.pool;
    this.features = List.copyOf(builder.features);
    this.user = builder.user;
    this.context = List.copyOf(builder.context);
    this.combination = builder.combination;
    this.explainer = builder.explainer;
    this.window = builder.window;
    this.cancellation = builder.cancellation;
    this.gatherer = new Gatherer(features, cancellation);
    this.linear = builder.linear;
    BatchLayout layout = pool.layout();
    if (user.length() != layout.userWidth() || features.size() != layout.inputs()) {
      throw new IllegalArgumentException(
          "rescorer expects a user of "
              + layout.userWidth()
              + " and "
              + layout.inputs()
              + " features, got "
              + user.length()
              + " and "
              + features.size());
    }
    checkContext(context, layout);
  }

  private static void checkContext(List<FloatVector> context, BatchLayout layout) {
    boolean fits = context.size() == layout.contexts();
    for (int i = 0; fits && i < context.size(); i++) {
      fits = context.get(i).length() == layout.contextWidth(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "rescorer expects "
              + layout.contexts()
              + " context rows of the layout's widths, got "
              + context.stream().map(FloatVector::length).toList());
    }
  }

  /**
   * Rescores the window: the best score first, equal scores in the first pass' order.
   *
   * @param topN how many hits to return; all of the given ones where it is larger
   * @throws ScoringException where the scorer fails or gives something that is no score
   */
  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) throws IOException {
    ScoreDoc[] hits = firstPass.scoreDocs;
    ScoreDoc[] all = new ScoreDoc[Math.max(0, Math.min(topN, hits.length))];
    int rows = Math.min(window, hits.length);
    if (rows > 0) {
      FeatureBatch batch = pool.take(rows);
      try {
        score(searcher, hits, batch);
        long[] ranking = rank(batch);
        int[] docs = batch.docs();
        int[] shards = batch.shards();
        for (int i = 0; i < Math.min(rows, all.length); i++) {
          int hit = (int) ranking[i];
          all[i] = new ScoreDoc(docs[hit], score(ranking[i]), shards[hit]);
        }
      } finally {
        pool.giveBack(batch);
      }
    }
    fillOthers(hits, all, rows);
    return new TopDocs(firstPass.totalHits, all);
  }

  /** All hits below every rescored one, in their order: what a shard gives whose model failed. */
  public static TopDocs notRescored(TopDocs firstPass) {
    ScoreDoc[] all = new ScoreDoc[firstPass.scoreDocs.length];
    fillOthers(firstPass.scoreDocs, all, 0);
    return new TopDocs(firstPass.totalHits, all);
  }

  private static void fillOthers(ScoreDoc[] hits, ScoreDoc[] all, int from) {
    for (int i = from; i < all.length; i++) {
      all[i] = new ScoreDoc(hits[i].doc, Combination.other(hits[i].score), hits[i].shardIndex);
    }
  }

  /**
   * The window's hits, the best first: the complement of the score's bits in the high half (scores
   * are positive, so their bits sort as they do) and the hit's position in the low one.
   */
  private long[] rank(FeatureBatch batch) {
    long[] ranking = batch.ranking();
    float[] scores = batch.readOutputs();
    batch.finalScores().write(combination, batch, scores, scores);
    for (int row = 0; row < batch.rows(); row++) {
      int hit = Gatherer.hit(batch, row);
      // At the hit's own place: equal scores are in the first pass' order already.
      ranking[hit] = (long) (Float.floatToRawIntBits(scores[row]) ^ Integer.MAX_VALUE) << 32 | hit;
    }
    batch.sortRanking();
    return batch.ranking();
  }

  private static float score(long ranked) {
    return Float.intBitsToFloat((int) (ranked >>> 32) ^ Integer.MAX_VALUE);
  }

  /** Explains a hit inside the window: the window's own code, on a window of one. */
  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docId)
      throws IOException {
    float first = firstPass.getValue().floatValue();
    FeatureBatch batch = pool.take(1);
    try {
      ScoreDoc[] hit = {new ScoreDoc(docId, first)};
      List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
      score(searcher, hit, batch);
      float output = batch.outputs().get(0);
      if (linear.isPresent()) {
        // The vector was not copied, and is asked for now.
        batch.reset(1);
        gatherer.gather(leaves, hit, batch);
      }
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(docId, leaves));
      Explanation ofOutput = explainer.explain(features, batch, output, leaf, docId - leaf.docBase);
      return explained(combination.sum(first, output), parts(firstPass, output, ofOutput));
    } finally {
      pool.giveBack(batch);
    }
  }

  private static Explanation explained(double sum, Explanation... parts) {
    float score = Combination.squeezed(sum);
    Explanation plain =
        Explanation.match(
            sum >= Combination.LOWEST_PLAIN ? score : sum,
            "neural rescore, the sum of (1 - weight) * first pass and weight * model:",
            parts);
    return sum >= Combination.LOWEST_PLAIN
        ? plain
        : Explanation.match(
            score, "neural rescore, below 2^-40: into the band 2^-50 to 2^-40, order kept:", plain);
  }

  private Explanation[] parts(Explanation firstPass, float output, Explanation ofOutput) {
    float weight = combination.weight();
    double model = TransformTails.apply(combination.transform(), output);
    return new Explanation[] {
      Explanation.match(
          (1 - weight) * firstPass.getValue().floatValue(),
          "(1 - weight) * first pass, of:",
          Explanation.match(1 - weight, "1 - weight"),
          firstPass),
      Explanation.match(
          (float) (weight * model),
          "weight * model, of:",
          Explanation.match(weight, "weight"),
          Explanation.match(
              (float) model, "model, " + combination.transform().key() + "(output), of:", ofOutput))
    };
  }

  private void score(IndexSearcher searcher, ScoreDoc[] hits, FeatureBatch batch)
      throws IOException {
    user.copyTo(batch.user(), 0);
    for (int i = 0; i < context.size(); i++) {
      context.get(i).copyTo(batch.context(i), 0);
    }
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    if (linear.isPresent()) {
      gatherer.outputs(leaves, hits, batch, new DotRows(linear.get(), user));
      return;
    }
    gatherer.gather(leaves, hits, batch);
    scorer.score(batch, cancellation);
  }

  /** Starts a rescorer; {@code window} is 10 and {@code cancellation} does nothing by default. */
  public static Builder builder(BatchScorer scorer, BatchPool pool) {
    return new Builder(scorer, pool);
  }

  /** The parts of a rescorer. */
  public static final class Builder {
    private final BatchScorer scorer;
    private final BatchPool pool;
    private List<Feature> features = List.of();
    private FloatVector user = FloatVector.of();
    private List<FloatVector> context = List.of();
    private Combination combination = new Combination(1, ScoreTransform.IDENTITY);
    private OutputExplainer explainer = OutputExplainer.PLAIN;
    private int window = 10;
    private Optional<DotForm> linear = Optional.empty();
    private Cancellation cancellation = Cancellation.NEVER;

    private Builder(BatchScorer scorer, BatchPool pool) {
      this.scorer = scorer;
      this.pool = pool;
    }

    /** In the order of the scorer's inputs. */
    public Builder features(List<Feature> value) {
      features = value;
      return this;
    }

    public Builder user(FloatVector value) {
      user = value;
      return this;
    }

    /** The rows of the scorer's context inputs, in their order; none by default. */
    public Builder context(List<FloatVector> value) {
      context = value;
      return this;
    }

    public Builder combination(Combination value) {
      combination = value;
      return this;
    }

    public Builder explainer(OutputExplainer value) {
      explainer = value;
      return this;
    }

    /** What the scorer is where it is linear: then it is not asked. None by default. */
    public Builder linear(Optional<DotForm> value) {
      linear = value;
      return this;
    }

    /** How many of the best hits are rescored. */
    public Builder window(int value) {
      window = value;
      return this;
    }

    /** Asked now and then while reading and scoring. */
    public Builder cancellation(Cancellation value) {
      cancellation = value;
      return this;
    }

    public NeuralRescorer build() {
      return new NeuralRescorer(this);
    }
  }
}
