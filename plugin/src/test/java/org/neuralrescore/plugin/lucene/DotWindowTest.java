// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ScoreTransform;

/** A window of a scorer that is a linear form, beside the window of the scorer itself. */
class DotWindowTest {
  private static final FloatVector USER = FloatVector.of(0.5f, 2, 0.25f);

  private final DotScorer scorer = new DotScorer();

  private NeuralRescorer rescorer(Optional<DotForm> linear) {
    BatchPool pool = new BatchPool(new BatchLayout(3, SegmentedIndex.WIDTH, 1));
    return NeuralRescorer.builder(scorer, pool)
        .features(
            List.of(
                new Feature.Stored(
                    "items",
                    new VectorColumn(SegmentedIndex.VECTOR, SegmentedIndex.WIDTH),
                    SegmentedIndex.WIDTH,
                    0),
                new Feature.FirstPass("first")))
        .user(USER)
        .combination(new Combination(0.7f, ScoreTransform.SOFTPLUS))
        .explainer(
            new FactorShares(
                new FactorExplanation(1, 1, 0, List.of("a", "b", "c")), 0, Optional.empty()))
        .linear(linear)
        .window(20)
        .build();
  }

  /** What {@link DotScorer} is: the dot product, one, and the second input. */
  private static DotForm form() {
    return new DotForm(1, 1, 0, new double[][] {new double[3], {1}});
  }

  @Test
  void rescore_ofADotForm_givesWhatTheScorerGivesAndDoesNotAskIt() throws IOException {
    try (SegmentedIndex index = new SegmentedIndex()) {
      TopDocs firstPass = index.firstPass();
      ScoreDoc[] expected =
          rescorer(Optional.empty()).rescore(index.searcher(), firstPass, 40).scoreDocs;
      int runs = scorer.runs.get();
      ScoreDoc[] actual =
          rescorer(Optional.of(form())).rescore(index.searcher(), firstPass, 40).scoreDocs;
      assertEquals(runs, scorer.runs.get());
      assertEquals(expected.length, actual.length);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i].doc, actual[i].doc, "hit " + i);
        assertEquals(expected[i].score, actual[i].score, 1e-6 * expected[i].score, "hit " + i);
      }
    }
  }

  @Test
  void explain_ofADotForm_isTheWindowsScoreAndNamesItsShares() throws IOException {
    try (SegmentedIndex index = new SegmentedIndex()) {
      TopDocs firstPass = index.firstPass();
      NeuralRescorer linear = rescorer(Optional.of(form()));
      NeuralRescorer plain = rescorer(Optional.empty());
      ScoreDoc[] hits = linear.rescore(index.searcher(), firstPass, 20).scoreDocs;
      for (ScoreDoc hit : hits) {
        float first = 0;
        for (ScoreDoc before : firstPass.scoreDocs) {
          first = before.doc == hit.doc ? before.score : first;
        }
        Explanation query = Explanation.match(first, "query");
        Explanation explained = linear.explain(index.searcher(), query, hit.doc);
        assertEquals(hit.score, explained.getValue().floatValue());
        String text = explained.toString();
        assertEquals(hit.doc % 5 == 4, text.contains("is missing in this doc"), text);
        assertTrue(text.contains("<user, item>"), text);
        assertEquals(
            plain.explain(index.searcher(), query, hit.doc).getValue().floatValue(),
            explained.getValue().floatValue(),
            1e-6 * hit.score);
      }
    }
  }
}
