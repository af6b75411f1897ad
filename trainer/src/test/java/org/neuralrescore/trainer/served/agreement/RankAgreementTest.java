// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RankAgreementTest {
  private static final float[] OFFLINE = {0.9f, 0.1f, 0.5f, 0.5f, 0.7f};

  @Test
  void add_sameOrder_agrees() {
    assertEquals(0, mismatches(2, new int[] {0, 4, 2, 3}, new float[] {0.9f, 0.7f, 0.5f, 0.5f}));
  }

  @Test
  void add_tiesInEitherOrder_agree() {
    assertEquals(0, mismatches(2, new int[] {0, 4, 3, 2}, new float[] {0.9f, 0.7f, 0.5f, 0.5f}));
  }

  @Test
  void add_swappedHits_isAMismatch() {
    assertEquals(1, mismatches(2, new int[] {4, 0, 2, 3}, new float[] {0.9f, 0.7f, 0.5f, 0.5f}));
  }

  @Test
  void add_skippedHit_isAMismatch() {
    assertEquals(1, mismatches(2, new int[] {0, 2, 3}, new float[] {0.9f, 0.5f, 0.5f}));
  }

  @Test
  void add_targetBelowTheList_agrees_targetThatBelongsIntoIt_doesNot() {
    assertEquals(0, mismatches(1, new int[] {0, 4}, new float[] {0.9f, 0.7f}));
    // Place 2 is the target's alone: a list of one may end above it, a list of two may not.
    assertEquals(0, mismatches(4, new int[] {0}, new float[] {0.9f}));
    assertEquals(1, mismatches(4, new int[] {0, 2}, new float[] {0.9f, 0.5f}));
  }

  @Test
  void add_targetMissingFromACompleteList_isAMismatch() {
    assertEquals(
        1, mismatches(1, new int[] {0, 4, 2, 3, 2}, new float[] {0.9f, 0.7f, 0.5f, 0.5f, 0.5f}));
  }

  @Test
  void add_looksForEveryTarget() {
    // Every hit may stand where it does, but row 3 should be there instead of row 2 again.
    int[] rows = {0, 4, 2, 2};
    float[] scores = {0.9f, 0.7f, 0.5f, 0.5f};
    RankAgreement one = new RankAgreement();
    one.add(OFFLINE, new BitSet(), new int[] {0}, rows, scores, false);
    assertEquals(0, one.mismatches());
    RankAgreement both = new RankAgreement();
    both.add(OFFLINE, new BitSet(), new int[] {0, 3}, rows, scores, false);
    assertEquals(1, both.mismatches());
  }

  @Test
  void add_excludedHit_isAMismatch() {
    RankAgreement agreement = new RankAgreement();
    BitSet excluded = new BitSet();
    excluded.set(0);
    agreement.add(OFFLINE, excluded, new int[] {4}, new int[] {0}, new float[] {0.9f}, false);
    assertEquals(1, agreement.mismatches());
  }

  @Test
  void add_recordsTheLargestScoreDifference_andCounts() {
    RankAgreement agreement = new RankAgreement();
    agreement.add(
        OFFLINE, new BitSet(), new int[] {2}, new int[] {0, 4}, new float[] {0.9f, 0.75f}, false);
    assertEquals(0.05, agreement.maxDifference(), 1e-6);
    assertEquals(0, agreement.mismatches());
    assertFalse(agreement.agrees());
    assertEquals(1, agreement.cases());
    assertEquals(2, agreement.hits());
  }

  @Test
  void add_listThatEndsWithTheIndex_hasAllThatWasSearched() {
    BitSet none = new BitSet();
    int[] empty = {};
    assertEquals(1, mismatchesOfWhole(none, empty, new float[0]));
    assertEquals(
        1, mismatchesOfWhole(none, new int[] {0, 4, 2, 3}, new float[] {0.9f, 0.7f, 0.5f, 0.5f}));
    assertEquals(
        0,
        mismatchesOfWhole(
            none, new int[] {0, 4, 2, 3, 1}, new float[] {0.9f, 0.7f, 0.5f, 0.5f, 0.1f}));
    // The target among what is not in the index: nobody can be asked for it.
    BitSet notThere = new BitSet();
    notThere.set(1);
    assertEquals(
        0,
        mismatchesOfWhole(notThere, new int[] {0, 4, 2, 3}, new float[] {0.9f, 0.7f, 0.5f, 0.5f}));
  }

  private static int mismatchesOfWhole(BitSet excluded, int[] rows, float[] scores) {
    RankAgreement agreement = new RankAgreement();
    agreement.add(OFFLINE, excluded, new int[] {1}, rows, scores, true);
    return agreement.mismatches();
  }

  private static int mismatches(int target, int[] rows, float[] scores) {
    RankAgreement agreement = new RankAgreement();
    agreement.add(OFFLINE, new BitSet(), new int[] {target}, rows, scores, false);
    return agreement.mismatches();
  }
}
