// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;

/** A data set that was gathered in parts is the one that was gathered in one. */
class InteractionUnionTest {
  private record Line(String user, String item, float rating, long time) {}

  /** Duplicates, equal times, lines out of order, ids beyond the basic plane. */
  private static List<Line> lines(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Line> lines = new ArrayList<>();
    for (int n = 0; n < 3_000; n++) {
      String user = (random.nextInt(9) == 0 ? "\uD83C\uDFAC" : "u") + random.nextInt(60);
      String item = (random.nextInt(9) == 0 ? "\uFF41" : "i") + random.nextInt(80);
      lines.add(new Line(user, item, 1 + random.nextInt(5), 1_000L * random.nextInt(40)));
    }
    return lines;
  }

  /** Few users have the same devices, and some requests come from nowhere. */
  private static List<String> context(Line line) {
    String device = line.user() + "'s " + line.time() % 3;
    return List.of(device, line.rating() < 3 ? "" : "c" + line.time() % 7);
  }

  private static InteractionPart part(ReadingRules rules, List<Line> lines, int parts, int part) {
    InteractionCollector collector = new InteractionCollector(rules, List.of("device", "country"));
    for (Line line : lines) {
      if (Math.floorMod(line.user().hashCode(), parts) == part) {
        collector.add(line.user(), line.item(), line.rating(), line.time(), context(line));
      }
    }
    return collector.part();
  }

  private static Interactions joined(
      ReadingRules rules, List<Line> lines, int parts, boolean timed) {
    InteractionUnion union = new InteractionUnion(rules);
    Deque<byte[]> histories = new ArrayDeque<>();
    for (int part = 0; part < parts; part++) {
      InteractionPart one = part(rules, lines, parts, part);
      union.add(PartHead.of(one.head().toBytes()));
      histories.add(HistoryBlock.writeAll(one.histories()));
    }
    return union.finish("lines", timed, () -> HistoryBlock.read(histories.remove()));
  }

  @Test
  void parts_makeTheSameDataSet_howeverUsersAreParted() {
    ReadingRules plain = ReadingRules.defaults();
    for (ReadingRules rules :
        List.of(
            plain,
            plain.withTies(ReadingRules.Ties.ITEM_ID),
            plain.withDuplicates(ReadingRules.Duplicates.FIRST),
            plain.withQuantities(true),
            plain.withCatalogue(List.of("a", "i3", "zz")))) {
      for (boolean timed : new boolean[] {true, false}) {
        List<Line> lines = lines(7);
        Interactions whole = joined(rules, lines, 1, timed);
        // More parts than some have users.
        for (int parts : new int[] {2, 5, 200}) {
          Interactions joined = joined(rules, lines, parts, timed);
          String of = rules + " in " + parts;
          assertEquals(whole.users().asList(), joined.users().asList(), of);
          assertEquals(whole.items().asList(), joined.items().asList(), of);
          assertEquals(whole.summary(), joined.summary(), of);
          assertEquals(whole.sha256(), joined.sha256(), of);
        }
      }
    }
  }

  @Test
  void parts_areRefusedTogether_asOneWouldBe() {
    List<Line> lines = List.of(new Line("a", "x", 1, 0), new Line("b", "x", 1, 0));
    UserError error =
        assertThrows(UserError.class, () -> joined(ReadingRules.defaults(), lines, 2, false));
    assertEquals(
        "lines: has one item only, [x]; a ranking needs at least two: check the item column",
        error.getMessage());
  }

  @Test
  void parts_ofMoreInteractionsThanAnArrayHolds_areRefusedBeforeAnyTravels() {
    InteractionUnion union = new InteractionUnion(ReadingRules.defaults());
    for (String user : List.of("a", "b")) {
      union.add(
          new PartHead(
              List.of(user),
              new int[] {Integer.MAX_VALUE},
              List.of("x", "y"),
              ContextTable.NONE,
              new LineTally(Integer.MAX_VALUE, 0, 0, 0, 0, 0, 0)));
    }
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                union.finish(
                    "lines",
                    false,
                    () -> {
                      throw new AssertionError("asked for interactions");
                    }));
    assertEquals(
        "lines: has 4,294,967,294 different interactions, and a data set holds 2,147,483,639 at"
            + " most; train on a part of its users or of its time",
        error.getMessage());
  }
}
