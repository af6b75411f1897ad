// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;

/** Explains the raw output of a batch of one row. */
public interface OutputExplainer {
  /** Says the output and which inputs were missing. */
  OutputExplainer PLAIN =
      (features, batch, output, leaf, doc) ->
          Explanation.match(output, "output", missing(features, batch));

  /**
   * Explains one output.
   *
   * @param batch one row, as it was scored
   * @param output what the scorer gave for it
   * @param doc the doc's id in the segment
   */
  Explanation explain(
      List<Feature> features, FeatureBatch batch, float output, LeafReaderContext leaf, int doc)
      throws IOException;

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
