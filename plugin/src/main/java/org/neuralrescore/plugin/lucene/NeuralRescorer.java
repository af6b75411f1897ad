package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ScoreTransform;

/**
 * Rescores the best hits of a first pass with one run of a scorer. The hits beyond the window keep
 * their order below them (see {@link Combination}). The given {@link TopDocs} and its hits are read
 * and never changed: others hold them.
 *
 * <p>For one user, one context and one search; holds no native resource and no scratch, so several
 * threads may call it.
 */
public final class NeuralRescorer extends Rescorer {
  private static final Comparator<ScoreDoc> BY_SCORE_THEN_DOC =
      (a, b) ->
          a.score == b.score ? Integer.compare(a.doc, b.doc) : Float.compare(b.score, a.score);

  private final BatchScorer scorer;
  private final BatchPool pool;
  private final List<Feature> features;
  private final FloatVector user;
  private final List<FloatVector> context;
  private final Combination combination;
  private final OutputExplainer explainer;
  private final int window;
  private final Gatherer gatherer;

  private NeuralRescorer(Builder builder) {
    this.scorer = builder.scorer;
    this.pool = builder.pool;
    this.features = List.copyOf(builder.features);
    this.user = builder.user;
    this.context = List.copyOf(builder.context);
    this.combination = builder.combination;
    this.explainer = builder.explainer;
    this.window = builder.window;
    this.gatherer = new Gatherer(features, builder.cancellation);
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
   * Rescores the window.
   *
   * @param topN how many hits to return; all of the given ones where it is larger
   * @throws ScoringException where the scorer fails or gives something that is no score
   */
  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) throws IOException {
    ScoreDoc[] hits = firstPass.scoreDocs;
    int rows = Math.min(window, hits.length);
    ScoreDoc[] all = Combination.others(hits, 0);
    if (rows > 0) {
      FeatureBatch batch = pool.take(rows);
      try {
        score(searcher, hits, batch);
        for (int row = 0; row < rows; row++) {
          int hit = Gatherer.hit(batch, row);
          all[hit].score = combination.rescored(hits[hit].score, batch.outputs().get(row));
        }
      } finally {
        pool.giveBack(batch);
      }
      Arrays.sort(all, 0, rows, BY_SCORE_THEN_DOC);
    }
    return new TopDocs(
        firstPass.totalHits, topN < all.length ? Arrays.copyOf(all, Math.max(0, topN)) : all);
  }

  /** Explains a hit inside the window: the window's own code, on a window of one. */
  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docId)
      throws IOException {
    float first = firstPass.getValue().floatValue();
    FeatureBatch batch = pool.take(1);
    try {
      score(searcher, new ScoreDoc[] {new ScoreDoc(docId, first)}, batch);
      float output = batch.outputs().get(0);
      float score = combination.rescored(first, output);
      float model = combination.transform().apply(output);
      return Explanation.match(
          score,
          "neural rescore, the sum of (1 - weight) * first pass and weight * model, at least 2^-40:",
          Explanation.match(
              (1 - combination.weight()) * first,
              "(1 - weight) * first pass, of:",
              Explanation.match(1 - combination.weight(), "1 - weight"),
              firstPass),
          Explanation.match(
              combination.weight() * model,
              "weight * model, of:",
              Explanation.match(combination.weight(), "weight"),
              Explanation.match(
                  model,
                  "model, " + combination.transform().key() + "(output), of:",
                  explainer.explain(features, batch, output))));
    } finally {
      pool.giveBack(batch);
    }
  }

  private void score(IndexSearcher searcher, ScoreDoc[] hits, FeatureBatch batch)
      throws IOException {
    user.copyTo(batch.user(), 0);
    for (int i = 0; i < context.size(); i++) {
      context.get(i).copyTo(batch.context(i), 0);
    }
    gatherer.gather(searcher.getIndexReader().leaves(), hits, batch);
    scorer.score(batch);
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
    private Runnable cancellation = () -> {};

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

    /** How many of the best hits are rescored. */
    public Builder window(int value) {
      window = value;
      return this;
    }

    /** Called now and then while reading; throws to stop the search. */
    public Builder cancellation(Runnable value) {
      cancellation = value;
      return this;
    }

    public NeuralRescorer build() {
      return new NeuralRescorer(this);
    }
  }
}
