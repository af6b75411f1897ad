// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
  void usersWhoStay_areCounted_andTheOthersAreAsAmongAll() {
    ReadingRules rules = ReadingRules.defaults().withCatalogue(List.of("a", "i3", "zz"));
    List<Line> lines = lines(7);
    Interactions whole = joined(rules, lines, 1, true);
    UserDraw draw = new UserDraw(0.4, 3);
    List<String> drawn = whole.users().asList().stream().filter(draw::has).toList();
    Set<String> hashes = new HashSet<>();
    for (int parts : new int[] {1, 2, 5, 200}) {
      Interactions some =
          DrawnData.of(
              rules,
              true,
              draw,
              IntStream.range(0, parts)
                  .mapToObj(part -> part(rules, lines, parts, part))
                  .toArray(InteractionPart[]::new));
      assertEquals(drawn, some.users().asList());
      assertEquals(whole.items().asList(), some.items().asList());
      assertEquals(whole.summary(), some.summary());
      assertArrayEquals(whole.histories().popularity(), some.histories().popularityOfAll());
      Elsewhere others = some.histories().elsewhere();
      assertEquals(whole.users().size() - drawn.size(), others.users());
      assertEquals(whole.histories().size() - some.histories().size(), others.interactions());
      for (int u = 0; u < drawn.size(); u++) {
        int row = whole.users().row(drawn.get(u)).orElseThrow();
        assertEquals(told(whole.histories(), row), told(some.histories(), u), drawn.get(u));
      }
      hashes.add(some.sha256());
    }
    assertEquals(1, hashes.size());
    // What others did is part of the data, too.
    List<Line> changed = new ArrayList<>(lines);
    changed.replaceAll(
        line -> draw.has(line.user()) ? line : new Line(line.user(), line.item(), 5, line.time()));
    Interactions other = DrawnData.of(rules, true, draw, part(rules, changed, 1, 0));
    assertFalse(hashes.contains(other.sha256()));
    // A split leaves it what is known of the others.
    boolean[] first = new boolean[other.histories().size()];
    first[0] = true;
    assertEquals(other.histories().elsewhere(), other.histories().select(first).elsewhere());
  }

  private static List<String> told(Histories histories, int user) {
    return IntStream.range(histories.start(user), histories.end(user))
        .mapToObj(
            p ->
                histories.item(p)
                    + " "
                    + histories.time(p)
                    + " "
                    + histories.rating(p)
                    + " "
                    + histories.count(p)
                    + " "
                    + histories.again(p)
                    + " "
                    + histories.context().value(0, p)
                    + histories.context().value(1, p))
        .toList();
  }

  @Test
  void nobodyDrawn_isToldSo() {
    UserDraw draw = new UserDraw(1e-9, 3);
    InteractionPart all = part(ReadingRules.defaults(), lines(7), 1, 0);
    UserError error =
        assertThrows(UserError.class, () -> DrawnData.of(ReadingRules.defaults(), true, draw, all));
    assertEquals(
        "lines: none of its "
            + all.users().size()
            + " users was drawn; take a larger --driver-users",
        error.getMessage());
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
            + " most; train on a part of its users or of its time, or on Spark with fewer"
            + " --driver-users",
        error.getMessage());
  }
}
