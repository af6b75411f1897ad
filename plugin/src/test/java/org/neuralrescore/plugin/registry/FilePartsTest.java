// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.serving.Bundle;

class FilePartsTest {
  private static final int PART = FileParts.PART_BYTES;

  @Test
  void parts_coverAFileAndNoMore() {
    for (int length : new int[] {0, 1, PART - 1, PART, PART + 1, 3 * PART}) {
      FileParts stored = FileParts.of(Map.of("a", new byte[length]), new Random(1));
      int sum = 0;
      for (int part = 0; part < stored.parts("a"); part++) {
        sum += stored.length("a", part);
      }
      assertEquals(length, sum);
      assertEquals(Math.max(1, (length + PART - 1) / PART), stored.documents().size());
    }
  }

  /** A restored index says what it likes: no array is made of a length that no file has. */
  @Test
  void lengths_thatNoFileHas_areRefused() {
    for (Map<String, Integer> bytes :
        List.of(
            Map.of("a", -1),
            Map.of("a", Integer.MAX_VALUE),
            Map.of("a", Bundle.MAX_BYTES, "b", 1))) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> FileParts.of(Map.of("upload", "ab", "bytes", bytes)));
      assertTrue(refused.getMessage().contains("at most 67108864 in all"), refused.getMessage());
    }
  }

  @Test
  void documents_ofTwoUploads_areOthers() {
    Random random = new Random(1);
    FileParts first = FileParts.of(Map.of("b", new byte[1], "a", new byte[PART + 1]), random);
    FileParts second = FileParts.of(Map.of("a", new byte[1]), random);
    assertEquals(
        List.of(first.upload() + "-0-a", first.upload() + "-1-a", first.upload() + "-0-b"),
        first.documents());
    assertNotEquals(first.upload(), second.upload());
  }
}
