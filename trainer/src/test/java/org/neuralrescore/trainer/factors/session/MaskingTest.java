// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

class MaskingTest {
  private static final Histories HISTORIES =
      Baskets.of(
          "u,a,1,86400",
          "u,b,1,86400",
          "u,c,1,950400",
          "u,d,1,950400",
          "u,e,1,950400",
          "u,f,1,9504000",
          "v,a,1,86400");
  private static final float[] EVIDENCE_WEIGHTS = {1f, 0.5f, 1f, 1f, 1f, 1f};

  private static Masking masking(double mask, long seed) {
    SessionOptions options =
        SessionOptions.defaults()
            .withMask(mask)
            .withSeed(seed)
            .withWeighting(new HistoryWeighting(0.1, 10));
    return new Masking(
        HISTORIES, Sessions.of(HISTORIES, options.sessions()), options, EVIDENCE_WEIGHTS);
  }

  private static Set<Integer> all(MaskedSession session) {
    Set<Integer> items = Arrays.stream(session.shown().items()).boxed().collect(Collectors.toSet());
    for (int item : session.hidden()) {
      assertTrue(items.add(item), "item " + item + " is both hidden and seen");
    }
    return new TreeSet<>(items);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.5, 1 - 1e-9})
  void draw_anyMask_hidesSomethingShowsSomethingAndNothingOfLater(double mask) {
    Masking masking = masking(mask, 3);
    for (int epoch = 0; epoch < 50; epoch++) {
      MaskedSession first = masking.draw(epoch, 0);
      assertEquals(1, first.hidden().length);
      assertEquals(1, first.shown().items().length);
      assertEquals(Set.of(0, 1), all(first));
      MaskedSession second = masking.draw(epoch, 1);
      assertTrue(second.hidden().length >= 1 && second.shown().items().length >= 2);
      assertEquals(Set.of(0, 1, 2, 3, 4), all(second));
      MaskedSession third = masking.draw(epoch, 2);
      assertArrayEquals(new int[] {5}, third.hidden());
      assertEquals(5, third.shown().items().length);
    }
  }

  @Test
  void draw_sameSeedEpochAndSession_isTheSame() {
    assertArrayEquals(masking(0.5, 3).draw(4, 1).hidden(), masking(0.5, 3).draw(4, 1).hidden());
  }

  @Test
  void draw_otherEpochs_hideOtherItems() {
    Masking masking = masking(0.5, 3);
    Set<String> drawn = new TreeSet<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      drawn.add(Arrays.toString(masking.draw(epoch, 1).hidden()));
    }
    assertEquals(7, drawn.size(), "every part of three items but none of them: " + drawn);
  }

  /** What is hidden of a session says nothing of its neighbour's next place. */
  @Test
  void draw_neighbouringSessions_doNotHideByOneShiftedPattern() {
    int length = 40;
    Histories baskets =
        Baskets.of(
            IntStream.range(0, 50 * length)
                .mapToObj(i -> "u" + (100 + i / length) + ",i" + (10_000 + i) + ",1,86400")
                .toArray(String[]::new));
    SessionOptions options = SessionOptions.defaults().withMask(0.5).withSeed(3);
    float[] ones = new float[baskets.itemCount()];
    Arrays.fill(ones, 1f);
    Masking masking = new Masking(baskets, Sessions.of(baskets, options.sessions()), options, ones);
    int alike = 0;
    int places = 0;
    boolean[] former = {};
    for (int session = 0; session < 50; session++) {
      boolean[] mask = new boolean[length];
      for (int item : masking.draw(0, session).hidden()) {
        mask[item % length] = true;
      }
      for (int i = 1; i < former.length; i++) {
        alike += mask[i - 1] == former[i] ? 1 : 0;
        places++;
      }
      former = mask;
    }
    assertEquals(0.5, alike / (double) places, 0.06);
  }

  @Test
  void draw_otherSeed_hidesOtherItems() {
    boolean differs = false;
    for (int epoch = 0; epoch < 20; epoch++) {
      differs |=
          !Arrays.equals(
              masking(0.5, 3).draw(epoch, 1).hidden(), masking(0.5, 4).draw(epoch, 1).hidden());
    }
    assertTrue(differs);
  }

  @Test
  void draw_weights_fallWithAgeAndWithAQuietVoice() {
    MaskedSession last = masking(0.5, 3).draw(0, 2);
    assertFalse(Arrays.stream(last.hidden()).anyMatch(item -> item == 0));

    double old = 0.1 + 0.9 * Math.exp(-1);
    double sum = 3 + 1.5 * old;
    float[] expected = new float[5];
    for (int i = 0; i < 5; i++) {
      double weight = i == 0 ? old : i == 1 ? 0.5 * old : 1;
      expected[i] = (float) (weight / Math.sqrt(sum));
    }
    assertArrayEquals(expected, last.shown().weights(), 1e-6f);
  }
}
