// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FloatVectorTest {
  @Test
  void toString_neverSaysTheValues() {
    assertEquals("vector of 2", FloatVector.of(0.25f, 0.75f).toString());
    assertFalse(new FloatMatrix(1, 2, FloatVector.of(0.25f, 0.75f)).toString().contains("0.25"));
  }

  @Test
  void of_copies() {
    float[] values = {1, 2};
    FloatVector vector = FloatVector.of(values);
    values[0] = 5;
    vector.toArray()[1] = 5;
    assertEquals(FloatVector.of(1, 2), vector);
  }

  @Test
  void of_whatIsNotFinite_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> FloatVector.of(1, Float.NaN));
  }
}
