package org.neuralrescore.plugin.lucene;

import org.apache.lucene.search.ScoreDoc;
import org.neuralrescore.bundle.ScoreTransform;

/**
 * The final score of a hit: {@code (1 - weight) * first pass + weight * transform(output)}.
 *
 * <p>Rescored hits and those that were not (outside the window, or on a shard whose model failed)
 * have scores in two bands that do not meet, so that the merge of several shards never puts a hit
 * that was not rescored above one that was: rescored hits score at least {@value #LOWEST_RESCORED}
 * (2^-40), others at most 2^-41. Within the lower band the first pass is scaled by 2^-80: a power
 * of two changes a float's exponent only, so the order stays.
 *
 * @param weight 0 is the first pass, 1 the model alone
 * @param transform makes a positive score of an output
 */
public record Combination(float weight, ScoreTransform transform) {
  /** The lowest score of a rescored hit. */
  public static final float LOWEST_RESCORED = 0x1p-40f;

  /** The highest score of a hit that was not rescored. */
  public static final float HIGHEST_OTHER = 0x1p-41f;

  /** What the first pass of a hit that was not rescored is multiplied with. */
  public static final float OTHER_SCALE = 0x1p-80f;

  public Combination {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight expects a number from 0 to 1, got " + weight);
    }
  }

  /**
   * The score of a rescored hit.
   *
   * @param firstPass the query's score
   * @param output the graph's raw output
   * @throws ScoringException where the result is no finite number
   */
  public float rescored(float firstPass, float output) {
    float model = transform.apply(output);
    if (!Float.isFinite(output) || !Float.isFinite(model)) {
      throw new ScoringException("the model gave an output that is no finite number: " + output);
    }
    // A weight of exactly 1 must not let a first pass of infinity through as 0 * infinity.
    float score = weight == 1 ? model : (1 - weight) * firstPass + weight * model;
    if (!Float.isFinite(score)) {
      throw new ScoringException("the first pass gave a score that is no finite number");
    }
    return Math.max(score, LOWEST_RESCORED);
  }

  /** The score of a hit that was not rescored: the first pass' order in the lower band. */
  public static float other(float firstPass) {
    if (!(firstPass > 0)) {
      return Float.MIN_NORMAL;
    }
    return Math.max(Float.MIN_NORMAL, Math.min(HIGHEST_OTHER, firstPass * OTHER_SCALE));
  }

  /** Copies of hits from {@code from} on, order kept, scored as not rescored. */
  public static ScoreDoc[] others(ScoreDoc[] hits, int from) {
    ScoreDoc[] copies = new ScoreDoc[hits.length - from];
    for (int i = 0; i < copies.length; i++) {
      ScoreDoc hit = hits[from + i];
      copies[i] = new ScoreDoc(hit.doc, other(hit.score), hit.shardIndex);
    }
    return copies;
  }
}
