// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatVector;

class HistoryEncoderTest {
  /** A user who is published with zeros is not stored, and found by id nobody: so by a history. */
  @Test
  void encoded_thatComesToZeros_isNobody_unlessWhatWasTouchedSpeaks() {
    FloatVector zeros = FloatVector.of(0, -0f);
    assertEquals(
        new UserReference.Fallback(UserReference.Origin.UNKNOWN_HISTORY),
        HistoryEncoder.encoded(zeros, Optional.of(FloatVector.of(1, 0)), false));
    assertEquals(
        new UserReference.Known(UserReference.Origin.ENCODED, zeros, Optional.empty()),
        HistoryEncoder.encoded(zeros, Optional.empty(), true));
    FloatVector some = FloatVector.of(0, 1);
    assertEquals(
        new UserReference.Known(UserReference.Origin.ENCODED, some, Optional.empty()),
        HistoryEncoder.encoded(some, Optional.empty(), false));
  }
}
