// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.planted.PlantedLines;

class LeaveLastOutTest {
  private static Interactions data(String lines) throws IOException {
    return data(lines, List.of());
  }

  private static Interactions data(String lines, List<String> catalogue) throws IOException {
    return new InteractionReader(
            InteractionFormat.movieLensCsv(), ReadingRules.defaults().withCatalogue(catalogue))
        .read(new StringReader("userId,movieId,rating,timestamp\n" + lines), "test");
  }

  @Test
  void split_holdsOutTheLastTwo_ofUsersWithThree() throws IOException {
    Interactions data = data("u,a,1,3\nu,b,1,2\nu,c,1,1\nu,d,1,4\nv,a,1,1\nv,b,1,2\n");
    Split split = new LeaveLastOut().split(data);
    assertEquals(1, split.test().size());
    assertEquals(0, split.test().user(0));
    assertArrayEquals(new int[] {data.items().row("d").orElseThrow()}, split.test().targets(0));
    assertArrayEquals(
        new int[] {data.items().row("a").orElseThrow()}, split.validation().targets(0));
    assertEquals(2, split.fit().length(0));
    assertEquals(3, split.refit().length(0));
    assertEquals(2, split.fit().length(1));
    assertEquals(2, split.refit().length(1));
  }

  @Test
  void split_neverShowsAModelWhatItIsAskedFor() throws IOException {
    Split split = new LeaveLastOut().split(data("u,a,1,3\nu,b,1,2\nu,c,1,1\nv,a,1,1\n"));
    for (EvaluationSet set : new EvaluationSet[] {split.validation(), split.test()}) {
      for (int c = 0; c < set.size(); c++) {
        for (int target : set.targets(c)) {
          assertTrue(!set.seen().contains(set.user(c), target));
        }
      }
    }
    assertTrue(!split.fit().contains(0, split.test().targets(0)[0]));
    assertTrue(split.refit().contains(0, split.validation().targets(0)[0]));
  }

  @Test
  void split_whenNobodyHasThree_refuses() throws IOException {
    Interactions data = data("u,a,1,3\nu,b,1,2\nv,a,1,1\n");
    UserError error = assertThrows(UserError.class, () -> new LeaveLastOut().split(data));
    assertEquals(UserError.Kind.INPUT, error.kind());
  }

  /** It is among the items only because it was held out: whoever guesses that knows no taste. */
  @Test
  void validation_doesNotAskForAnItem_thatNobodyTouchedBeforeTheCut() throws IOException {
    String lines = "u,a,1,1\nu,new,1,2\nu,b,1,3\nv,b,1,1\nv,a,1,2\nv,newer,1,3\n";
    Split split = new LeaveLastOut().split(data(lines));
    assertEquals(1, split.validation().size());
    assertEquals(1, split.validation().user(0));
    assertEquals(2, split.test().size());
    assertEquals(6, split.refit().size() + split.test().size());
  }

  /** Then being untouched gives nothing away, and what is new is asked for, too. */
  @Test
  void validation_asksForIt_whereACatalogueBringsAsManyThatNobodyTouches() throws IOException {
    String lines = "u,a,1,1\nu,new,1,2\nu,b,1,3\nv,b,1,1\nv,a,1,2\nv,newer,1,3\n";
    Interactions data = data(lines, List.of("w", "x", "y"));
    assertEquals(2, new LeaveLastOut().split(data).validation().size());
  }

  @Test
  void validation_whereNothingElseCanBeAsked_asksAll() throws IOException {
    Split split = new LeaveLastOut().split(data("u,a,1,1\nu,new,1,2\nu,newer,1,3\nv,a,1,1\n"));
    assertEquals(1, split.validation().size());
  }

  @Test
  void casesThatCanBeAfforded_areAllOfSmallData_neverFew_andNeverMany() {
    assertEquals(30_000, Split.affordableCases(20_000));
    assertEquals(10_000, Split.affordableCases(2_000_000));
    assertEquals(200_000, Split.affordableCases(100));
    assertEquals(200_000, Split.affordableCases(0));
  }

  @Test
  void sample_ofASample_remembersAllCases() {
    EvaluationSet all =
        new EvaluationSet(
            PlantedLines.read(
                    List.of("userId,movieId,rating,timestamp", "a,x,5,1", "b,y,5,1", "c,x,5,1"))
                .histories(),
            new int[] {0, 1, 2},
            new int[][] {{1}, {0}, {1}});
    EvaluationSet some = all.sample(2, new SplittableRandom(1));
    assertEquals(2, some.size());
    assertEquals(3, some.sample(1, new SplittableRandom(1)).drawnFrom());
    assertEquals(3, all.drawnFrom());
  }
}
