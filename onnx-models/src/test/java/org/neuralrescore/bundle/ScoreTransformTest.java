// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ScoreTransformTest {
  @Property
  void apply_keepsTheOrder(
      @ForAll @FloatRange(min = -1000, max = 1000) float a,
      @ForAll @FloatRange(min = -1000, max = 1000) float b) {
    for (ScoreTransform transform : ScoreTransform.values()) {
      assertTrue(transform.apply(Math.min(a, b)) <= transform.apply(Math.max(a, b)));
    }
  }

  @Test
  void softplus_atTheEnds_neitherOverflowsNorGoesNegative() {
    assertEquals(Math.log(2), ScoreTransform.SOFTPLUS.apply(0), 1e-7);
    assertEquals(3e38f, ScoreTransform.SOFTPLUS.apply(3e38f));
    assertEquals(Math.exp(-20), ScoreTransform.SOFTPLUS.apply(-20), 1e-12);
    assertEquals(0f, ScoreTransform.SOFTPLUS.apply(-3e38f));
  }

  @Test
  void sigmoid_atTheEnds_isZeroAndOne() {
    assertEquals(0.5f, ScoreTransform.SIGMOID.apply(0));
    assertEquals(1f, ScoreTransform.SIGMOID.apply(1e30f));
    assertEquals(0f, ScoreTransform.SIGMOID.apply(-1e30f));
    assertEquals(1 / (1 + Math.exp(3)), ScoreTransform.SIGMOID.apply(-3), 1e-7);
  }

  @Test
  void of_anUnknownWord_namesTheKnownOnes() {
    String message =
        assertThrows(InvalidBundleException.class, () -> ScoreTransform.of("relu")).getMessage();
    assertTrue(message.contains("softplus") && message.contains("[relu]"), message);
  }
}
