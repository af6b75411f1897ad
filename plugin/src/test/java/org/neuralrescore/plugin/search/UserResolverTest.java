// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskCancelledException;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.NeighbourList;

class UserResolverTest {
  private static final NeighbourList TOUCHED =
      NeighbourList.of(new int[] {3, 7}, new float[] {1, 2});

  private final AtomicReference<UserReference> resolved = new AtomicReference<>();
  private final AtomicReference<Exception> failed = new AtomicReference<>();

  private ActionListener<List<String>> names() {
    UserReference.Known known =
        new UserReference.Known(
            UserReference.Origin.LOOKED_UP, FloatVector.of(1, 2), Optional.empty());
    return UserResolver.namedIfPossible(
        known, TOUCHED, ActionListener.wrap(resolved::set, failed::set));
  }

  private List<String> named() {
    TouchedHistory touched = resolved.get().touched();
    return List.of(touched.name(0), touched.name(1));
  }

  @Test
  void names_thatAreFound_areTheItems() {
    names().onResponse(List.of("a", "b"));
    assertEquals(List.of("a", "b"), named());
  }

  /** An index half republished has the ordinals of two runs: scores would be of another item. */
  @Test
  void ordinals_ofWhichTwoItemsHaveOne_fitNoModel() {
    List<OrdinalLookup.Item> items =
        List.of(new OrdinalLookup.Item("a", 3), new OrdinalLookup.Item("b", 7));
    assertEquals(Map.of("a", 3, "b", 7), OrdinalLookup.byId("films", "ordinal", items));
    for (OrdinalLookup.Item third :
        List.of(new OrdinalLookup.Item("c", 3), new OrdinalLookup.Item("a", 9))) {
      ModelFailure failure =
          assertThrows(
              ModelFailure.class,
              () ->
                  OrdinalLookup.byId(
                      "films", "ordinal", List.of(items.get(0), items.get(1), third)));
      assertEquals(FailureCause.FIELD_NOT_FIT, failure.why());
    }
  }

  @Test
  void names_thatMayNotBeRead_areOrdinalsAndFailNoSearch() {
    for (Exception failure :
        List.of(
            new ElasticsearchSecurityException("not yours", RestStatus.FORBIDDEN),
            new IndexNotFoundException("films"))) {
      names().onFailure(failure);
      assertEquals(List.of("of ordinal 3", "of ordinal 7"), named());
    }
  }

  @Test
  void names_ofASearchThatIsCancelled_endIt() {
    TaskCancelledException cancelled = new TaskCancelledException("enough");
    names().onFailure(cancelled);
    assertSame(cancelled, failed.get());
  }
}
