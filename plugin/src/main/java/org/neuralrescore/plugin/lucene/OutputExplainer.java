package org.neuralrescore.plugin.lucene;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Explanation;

/** Explains the raw output of a batch of one row. */
public interface OutputExplainer {
  /** Says the output and which inputs were missing. */
  OutputExplainer PLAIN =
      (features, batch, output) -> Explanation.match(output, "output", missing(features, batch));

  /**
   * Explains one output.
   *
   * @param batch one row, as it was scored
   * @param output what the scorer gave for it
   */
  Explanation explain(List<Feature> features, FeatureBatch batch, float output);

  /** A detail for each input whose value the doc does not have. */
  static List<Explanation> missing(List<Feature> features, FeatureBatch batch) {
    List<Explanation> details = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      if (batch.missing(f) > 0 && features.get(f) instanceof Feature.Stored stored) {
        details.add(
            Explanation.match(
                stored.missing(),
                "input [" + stored.name() + "] is missing in this doc, its missing value is used"));
      }
    }
    return details;
  }
}
