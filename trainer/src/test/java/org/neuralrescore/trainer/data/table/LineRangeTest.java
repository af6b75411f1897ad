// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ranges of a text have every line once, wherever they are cut. */
class LineRangeTest {
  private static String lines(byte[] text, LineRange range) throws IOException {
    byte[] behind = Arrays.copyOfRange(text, (int) range.start(), text.length);
    return new String(
        range.of(new ByteArrayInputStream(behind)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void ranges_haveEveryLineOnce_whereverTheyAreCut() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (String end : List.of("\n", "\r\n", "\n\n", "\r")) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 12; line++) {
        text.append("ab\u00e9\uD83C\uDFAC".repeat(random.nextInt(4))).append(end);
      }
      // The last line has no end.
      String whole = text + "last";
      byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
      for (int atMost = 1; atMost <= bytes.length + 1; atMost++) {
        StringBuilder all = new StringBuilder();
        for (LineRange range : LineRange.of(bytes.length, atMost)) {
          String part = lines(bytes, range);
          boolean begins = all.isEmpty() || all.charAt(all.length() - 1) == '\n';
          assertTrue(part.isEmpty() || begins, "cut inside a line at " + range);
          all.append(part);
        }
        assertEquals(whole, all.toString());
      }
    }
  }

  @Test
  void ranges_coverAllBytes_andAreNoLongerThanAsked() {
    for (long bytes : List.of(1L, 7L, 1000L, (1L << 41) + 3)) {
      List<LineRange> ranges = LineRange.of(bytes, Math.max(1, bytes / 6));
      assertEquals(0, ranges.get(0).from());
      assertEquals(bytes, ranges.get(ranges.size() - 1).to());
      for (int r = 1; r < ranges.size(); r++) {
        assertEquals(ranges.get(r - 1).to(), ranges.get(r).from());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new LineRange(3, 3));
  }
}
