// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ScoreTransform;

class NeuralRescorerTest {
  private static final float[] USER = {0.5f, 2, 0.25f};

  private final DotScorer scorer = new DotScorer();
  private final BatchPool pool = new BatchPool(new BatchLayout(3, SegmentedIndex.WIDTH));
  private SegmentedIndex index;
  private TopDocs firstPass;

  @BeforeEach
  void open() throws IOException {
    index = new SegmentedIndex();
    firstPass = index.firstPass();
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private NeuralRescorer.Builder rescorer() {
    return NeuralRescorer.builder(scorer, pool)
        .features(
            List.of(
                new Feature.Stored(
                    "items",
                    new VectorColumn(SegmentedIndex.VECTOR, SegmentedIndex.WIDTH),
                    SegmentedIndex.WIDTH,
                    0)))
        .user(FloatVector.of(USER))
        .window(1_000);
  }

  private TopDocs rescore(NeuralRescorer rescorer) throws IOException {
    return rescorer.rescore(index.searcher(), firstPass, firstPass.scoreDocs.length);
  }

  private float expected(ScoreDoc hit) {
    return DotScorer.score(USER, index.vector(hit.doc));
  }

  @Test
  void rescore_overSegmentsWithDeletes_scoresEachHitByItsOwnVector() throws IOException {
    TopDocs rescored = rescore(rescorer().build());
    assertEquals(37, rescored.scoreDocs.length);
    Set<Integer> docs = new HashSet<>();
    for (ScoreDoc hit : rescored.scoreDocs) {
      assertEquals(expected(hit), hit.score, "doc " + hit.doc);
      assertEquals(7, hit.shardIndex);
      assertTrue(docs.add(hit.doc));
    }
    assertSame(firstPass.totalHits, rescored.totalHits);
  }

  @Test
  void rescore_sortsByScore_andTiesKeepTheFirstPassOrder() throws IOException {
    List<Integer> before = new ArrayList<>();
    for (ScoreDoc hit : firstPass.scoreDocs) {
      before.add(hit.doc);
    }
    ScoreDoc[] hits = rescore(rescorer().build()).scoreDocs;
    int ties = 0;
    for (int i = 1; i < hits.length; i++) {
      ScoreDoc above = hits[i - 1];
      assertTrue(above.score >= hits[i].score);
      if (above.score == hits[i].score) {
        ties++;
        assertTrue(before.indexOf(above.doc) < before.indexOf(hits[i].doc), "first pass' order");
      }
    }
    assertTrue(ties >= 6, "docs without a vector all score 1, got ties " + ties);
  }

  @Test
  void rescore_behindAnotherRescorer_keepsEachOnesWindowInOrder() throws IOException {
    TopDocs cheap = rescore(rescorer().window(20).build());
    ScoreDoc[] both = rescorer().window(5).build().rescore(index.searcher(), cheap, 40).scoreDocs;
    for (int i = 5; i < both.length; i++) {
      assertEquals(cheap.scoreDocs[i].doc, both[i].doc);
      boolean tie = i > 5 && cheap.scoreDocs[i].score == cheap.scoreDocs[i - 1].score;
      assertTrue(
          tie ? both[i].score == both[i - 1].score : both[i].score < both[i - 1].score, "hit " + i);
    }
  }

  @Test
  void rescore_whenTheDocHasNoVector_scoresZerosWhateverTheBufferHeld() throws IOException {
    NeuralRescorer rescorer = rescorer().build();
    rescore(rescorer);
    for (ScoreDoc hit : rescore(rescorer).scoreDocs) {
      if (hit.doc % 5 == 4) {
        assertEquals(1f, hit.score);
      }
    }
  }

  @Test
  void rescore_runsTheScorerOnceWithTheWindowsRows() throws IOException {
    rescore(rescorer().window(20).build());
    assertEquals(1, scorer.runs.get());
    assertEquals(20, scorer.rows.get());
  }

  @Test
  void rescore_whenWindowSmallerThanHits_keepsTheTailInOrderBelow() throws IOException {
    int window = 10;
    ScoreDoc[] hits = rescore(rescorer().window(window).build()).scoreDocs;
    assertEquals(firstPass.scoreDocs.length, hits.length);
    float lowest = Float.MAX_VALUE;
    for (int i = 0; i < window; i++) {
      assertEquals(expected(hits[i]), hits[i].score);
      lowest = Math.min(lowest, hits[i].score);
    }
    for (int i = window; i < hits.length; i++) {
      assertEquals(firstPass.scoreDocs[i].doc, hits[i].doc);
      assertTrue(hits[i].score > 0 && hits[i].score < lowest);
      assertTrue(i == window || hits[i].score <= hits[i - 1].score);
    }
  }

  @Test
  void rescore_neverChangesTheGivenHits() throws IOException {
    ScoreDoc[] given = firstPass.scoreDocs;
    ScoreDoc[] order = given.clone();
    float[] scores = new float[given.length];
    for (int i = 0; i < given.length; i++) {
      scores[i] = given[i].score;
    }
    TopDocs rescored = rescore(rescorer().window(20).build());
    assertArrayEquals(order, given);
    for (int i = 0; i < given.length; i++) {
      assertEquals(scores[i], given[i].score);
    }
    assertNotSame(given, rescored.scoreDocs);
  }

  @Test
  void rescore_withWeightZero_isTheFirstPass() throws IOException {
    ScoreDoc[] hits =
        rescore(rescorer().combination(new Combination(0, ScoreTransform.IDENTITY)).build())
            .scoreDocs;
    for (int i = 0; i < hits.length; i++) {
      assertEquals(firstPass.scoreDocs[i].score, hits[i].score);
    }
  }

  @Test
  void rescore_withWeight_combinesFirstPassAndTransformedOutput() throws IOException {
    ScoreDoc[] hits =
        rescore(rescorer().combination(new Combination(0.25f, ScoreTransform.SOFTPLUS)).build())
            .scoreDocs;
    for (ScoreDoc hit : hits) {
      double model = Math.log1p(Math.exp(expected(hit)));
      assertEquals(0.75 * first(hit.doc) + 0.25 * model, hit.score, 1e-5);
    }
  }

  private float first(int doc) {
    for (ScoreDoc hit : firstPass.scoreDocs) {
      if (hit.doc == doc) {
        return hit.score;
      }
    }
    throw new AssertionError("no hit " + doc);
  }

  @Test
  void rescore_withFirstPassAsFeature_feedsEachHitItsOwnScore() throws IOException {
    BatchPool two = new BatchPool(new BatchLayout(3, SegmentedIndex.WIDTH, 1));
    NeuralRescorer rescorer =
        NeuralRescorer.builder(scorer, two)
            .features(
                List.of(
                    new Feature.Stored(
                        "items",
                        new VectorColumn(SegmentedIndex.VECTOR, SegmentedIndex.WIDTH),
                        SegmentedIndex.WIDTH,
                        0),
                    new Feature.FirstPass("bm25")))
            .user(FloatVector.of(USER))
            .window(1_000)
            .build();
    for (ScoreDoc hit : rescore(rescorer).scoreDocs) {
      assertEquals(expected(hit) + first(hit.doc), hit.score, 1e-5);
    }
  }

  @Test
  void rescore_inAContext_feedsItsRowsOnceForAllHits() throws IOException {
    BatchPool withContext =
        new BatchPool(new BatchLayout(3, SegmentedIndex.WIDTH).withContext(2, 1));
    for (float value : new float[] {2, 0, 7}) {
      NeuralRescorer rescorer = inContext(withContext, FloatVector.of(value, 1), FloatVector.of(0));
      for (ScoreDoc hit : rescore(rescorer).scoreDocs) {
        assertEquals(expected(hit) + value, hit.score, 1e-5);
      }
    }
  }

  private NeuralRescorer inContext(BatchPool batches, FloatVector... rows) {
    return NeuralRescorer.builder(scorer, batches)
        .features(
            List.of(
                new Feature.Stored(
                    "items",
                    new VectorColumn(SegmentedIndex.VECTOR, SegmentedIndex.WIDTH),
                    SegmentedIndex.WIDTH,
                    0)))
        .user(FloatVector.of(USER))
        .context(List.of(rows))
        .window(1_000)
        .build();
  }

  @Test
  void build_withAContextThatDoesNotFit_saysBoth() {
    BatchPool withContext =
        new BatchPool(new BatchLayout(3, SegmentedIndex.WIDTH).withContext(2, 1));
    for (List<FloatVector> rows :
        List.of(
            List.<FloatVector>of(),
            List.of(FloatVector.of(1, 0)),
            List.of(FloatVector.of(1), FloatVector.of(1, 0)))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> inContext(withContext, rows.toArray(FloatVector[]::new)))
              .getMessage();
      assertTrue(message.contains("2 context rows"), message);
    }
  }

  @Test
  void rescore_withMissingValue_fillsEveryPlaceOfTheRow() throws IOException {
    NeuralRescorer rescorer =
        rescorer()
            .features(
                List.of(
                    new Feature.Stored(
                        "items",
                        new VectorColumn(SegmentedIndex.VECTOR, SegmentedIndex.WIDTH),
                        SegmentedIndex.WIDTH,
                        2)))
            .build();
    for (ScoreDoc hit : rescore(rescorer).scoreDocs) {
      if (hit.doc % 5 == 4) {
        assertEquals(DotScorer.score(USER, new float[] {2, 2, 2}), hit.score);
      }
    }
  }

  @Test
  void explain_givesTheScoreOfTheHit() throws IOException {
    NeuralRescorer rescorer =
        rescorer().combination(new Combination(0.6f, ScoreTransform.SIGMOID)).build();
    for (ScoreDoc hit : rescore(rescorer).scoreDocs) {
      Explanation explanation =
          rescorer.explain(index.searcher(), Explanation.match(first(hit.doc), "first"), hit.doc);
      assertEquals(hit.score, explanation.getValue().floatValue(), "doc " + hit.doc);
    }
  }

  @Test
  void explain_saysWhichInputIsMissing() throws IOException {
    NeuralRescorer rescorer = rescorer().build();
    Explanation first = Explanation.match(1, "first");
    assertTrue(
        rescorer.explain(index.searcher(), first, 4).toString().contains("[items] is missing"));
    assertTrue(!rescorer.explain(index.searcher(), first, 5).toString().contains("is missing"));
  }

  @Test
  void explain_withFactorShares_addsUpToTheOutput() throws IOException {
    FactorShares shares =
        new FactorShares(
            new FactorExplanation(1, 0.5f, 0, List.of("a", "b", "c")), 0, Optional.empty());
    NeuralRescorer rescorer = rescorer().explainer(shares).build();
    int doc = 5;
    Explanation all = rescorer.explain(index.searcher(), Explanation.match(1, "first"), doc);
    Explanation output = all.getDetails()[1].getDetails()[1].getDetails()[0];
    float sum = 0;
    for (Explanation part : output.getDetails()) {
      sum += part.getValue().floatValue();
    }
    assertEquals(output.getValue().floatValue(), sum, 1e-5);
    // The fake adds 1: half of it is the block's bias, half the remainder.
    assertEquals(0.5f, output.getDetails()[2].getValue().floatValue(), 1e-5);
    Explanation[] factors = output.getDetails()[0].getDetails();
    float largest = 0;
    int which = 0;
    for (int f = 0; f < 3; f++) {
      if (USER[f] * index.vector(doc)[f] > largest) {
        largest = USER[f] * index.vector(doc)[f];
        which = f;
      }
    }
    assertEquals(largest, factors[0].getValue().floatValue(), 1e-6);
    assertTrue(factors[0].getDescription().contains("[" + "abc".charAt(which) + "]"));
  }

  /** Where factors have both signs their shares may cancel: none is more than the whole. */
  @Test
  void explain_ofSharesThatCancel_tellsNoneAsMoreThanAll() throws IOException {
    FeatureBatch batch = new FeatureBatch(new BatchLayout(2, 2));
    batch.reset(1);
    FactorShares shares =
        new FactorShares(new FactorExplanation(1, 0, 0, List.of("a", "b")), 0, Optional.empty());
    for (float other : new float[] {-0.5f, -0.499f}) {
      batch.user().put(0, 0.5f).put(1, other);
      batch.input(0).put(0, 1).put(1, 1);
      Explanation output =
          shares.explain(List.of(), batch, 0, index.searcher().getIndexReader().leaves().get(0), 0);
      for (Explanation factor : output.getDetails()[0].getDetails()) {
        assertTrue(
            factor.getDescription().contains("], 50% of the sum of all shares' sizes"),
            factor.getDescription());
      }
    }
  }

  @Test
  void rescore_whenTheScorerGivesNaN_fails() {
    NeuralRescorer rescorer =
        NeuralRescorer.builder((batch, cancellation) -> batch.outputs().put(3, Float.NaN), pool)
            .features(
                List.of(
                    new Feature.Stored(
                        "items",
                        new VectorColumn(SegmentedIndex.VECTOR, SegmentedIndex.WIDTH),
                        SegmentedIndex.WIDTH,
                        0)))
            .user(FloatVector.of(USER))
            .build();
    ScoringException failure = assertThrows(ScoringException.class, () -> rescore(rescorer));
    // Row 3 of the window is the fourth of its docs, and row order is doc order.
    int[] docs = new int[10];
    for (int i = 0; i < docs.length; i++) {
      docs[i] = firstPass.scoreDocs[i].doc;
    }
    Arrays.sort(docs);
    assertEquals(docs[3], failure.doc().orElseThrow());
  }

  @Test
  void rescore_ofNoHits_givesNone() throws IOException {
    TopDocs none = new TopDocs(new TotalHits(0, TotalHits.Relation.EQUAL_TO), new ScoreDoc[0]);
    assertEquals(0, rescorer().build().rescore(index.searcher(), none, 10).scoreDocs.length);
    assertEquals(0, scorer.runs.get());
  }

  @Test
  void rescore_withTopN_returnsTheBestOnly() throws IOException {
    NeuralRescorer rescorer = rescorer().build();
    ScoreDoc[] all = rescore(rescorer).scoreDocs;
    ScoreDoc[] three = rescorer.rescore(index.searcher(), firstPass, 3).scoreDocs;
    assertEquals(3, three.length);
    for (int i = 0; i < 3; i++) {
      assertEquals(all[i].doc, three[i].doc);
    }
  }

  @Test
  void rescore_whenCancelled_stopsBeforeTheRun() {
    NeuralRescorer rescorer =
        rescorer()
            .cancellation(
                () -> {
                  throw new IllegalStateException("cancelled");
                })
            .build();
    assertThrows(IllegalStateException.class, () -> rescore(rescorer));
    assertEquals(0, scorer.runs.get());
  }

  @Test
  void rescore_fromSeveralThreads_givesTheSameEverywhere() throws Exception {
    NeuralRescorer rescorer = rescorer().build();
    ScoreDoc[] expected = rescore(rescorer).scoreDocs;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicInteger compared = new AtomicInteger();
    try {
      List<Future<Void>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Callable<Void> task =
            () -> {
              for (int i = 0; i < 50; i++) {
                ScoreDoc[] actual = rescore(rescorer).scoreDocs;
                for (int hit = 0; hit < expected.length; hit++) {
                  assertEquals(expected[hit].doc, actual[hit].doc);
                  assertEquals(expected[hit].score, actual[hit].score);
                }
                compared.incrementAndGet();
              }
              return null;
            };
        results.add(threads.submit(task));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(200, compared.get());
  }

  @Test
  void build_whenUserHasAnotherLength_saysSo() {
    assertThrows(
        IllegalArgumentException.class, () -> rescorer().user(FloatVector.of(1, 2)).build());
  }
}
