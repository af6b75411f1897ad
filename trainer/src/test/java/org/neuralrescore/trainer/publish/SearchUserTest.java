// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;

class SearchUserTest {
  @Test
  void rescorer_saysWhoTheUserIsInTheWordsOfTheRequest() {
    assertEquals(
        Map.of("model", "films", "weight", 0.5),
        new SearchUser.Nobody().rescorer("films", Map.of(), 0.5));
    assertEquals(
        Map.of("model", "films", "weight", 1.0, "user", Map.of("id", "42")),
        new SearchUser.ById("42").rescorer("films", Map.of(), 1));
    assertEquals(
        Map.of("vector", List.of(0.5f)),
        new SearchUser.ByVector(List.of(0.5f)).rescorer("films", Map.of(), 1).get("user"));
    assertEquals(
        Map.of("vector", List.of(0.5f), "recent", List.of(2f)),
        new SearchUser.ByVector(List.of(0.5f), List.of(2f))
            .rescorer("films", Map.of(), 1)
            .get("user"));
    assertEquals(
        Map.of("history", List.of("a", "b")),
        new SearchUser.ByHistory(List.of("a", "b")).rescorer("films", Map.of(), 1).get("user"));
    assertEquals(
        Map.of("history", List.of("a"), "weights", List.of(2f)),
        new SearchUser.ByHistory(List.of("a"), List.of(2f))
            .rescorer("films", Map.of(), 1)
            .get("user"));
  }

  @Test
  void query_whenANumberIsOutOfRange_saysWhichAreIn() {
    for (double weight : new double[] {-0.1, 1.1, Double.NaN}) {
      UserError error =
          assertThrows(
              UserError.class,
              () -> new SearchQuery.Rescore("films", new SearchUser.Nobody(), weight, 10));
      assertEquals(UserError.Kind.USAGE, error.kind());
    }
    assertThrows(
        UserError.class, () -> new SearchQuery.Rescore("films", new SearchUser.Nobody(), 1, 0));
    assertThrows(UserError.class, () -> SearchQuery.plain("x", 0));
  }
}
