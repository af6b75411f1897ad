// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.factors.distilled.DistilledOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;

class SearchSpaceTest {
  private static TrialOptions base(String method) {
    return new TrialOptions(
        EveryMethod.of(method),
        RowScheme.users(),
        EncoderOptions.defaults(),
        ScorerOptions.defaults());
  }

  private static Axis axis(String label) {
    return axis("implicit-als", label);
  }

  private static Axis axis(String method, String label) {
    return Axis.named(EveryMethod.of(method).method(), label).orElseThrow();
  }

  private static SearchSpace of(Axis axis, String... values) {
    return new SearchSpace(Map.of(axis, List.of(values)));
  }

  @ParameterizedTest
  @MethodSource("org.neuralrescore.trainer.factors.EveryMethod#labels")
  void defaults_ofEveryMethod_areTakenByIt_andHoldWhatWasChosen(String method) {
    TrialOptions base = base(method);
    SearchSpace space = SearchSpace.defaults(base.method());
    space.check(base);
    assertTrue(space.size() >= 24, space.toString());
    assertFalse(space.ofScorer());
    for (long index = 0; index < space.size(); index++) {
      Candidate candidate = space.candidate(index);
      assertEquals(candidate, space.of(candidate.apply(base)));
    }
  }

  static Stream<Arguments> axes() {
    return EveryMethod.labels()
        .flatMap(
            method ->
                Axis.all(EveryMethod.of(method).method()).stream()
                    .map(axis -> Arguments.of(method, axis)));
  }

  @ParameterizedTest
  @MethodSource("axes")
  void axes_changeTheirOptionAndNoOther(String method, Axis axis) {
    TrialOptions base = base(method);
    String value =
        axis.canonical(
            switch (axis.label()) {
              case "hidden" -> "7x5";
              case "recency", "neighbours", "rank", "negatives" -> "7";
              default -> "0.7";
            });
    TrialOptions changed = axis.apply(base, value);
    assertEquals(value, axis.of(changed));
    assertNotEquals(value, axis.of(base));
    assertFalse(axis.flags(value).isEmpty());
    for (Axis other : Axis.all(base.method())) {
      if (!other.equals(axis) && !derived(other, axis)) {
        assertEquals(other.of(base), other.of(changed));
      }
    }
  }

  /** An encoder without a loss of its own has the factorisation's. */
  private static boolean derived(Axis other, Axis axis) {
    return other.label().equals("encoder-" + axis.label());
  }

  @Test
  void flags_areThoseOfTrain() {
    assertEquals(
        List.of("--recency-days", "30.0", "--recency-floor", "0.05"),
        Axis.RECENCY.flags(Axis.RECENCY.canonical("30/0.05")));
    assertEquals(List.of(), Axis.RECENCY.flags("none"));
    assertEquals(List.of("--hidden", "64,32"), axis("hidden").flags("64x32"));
    assertEquals(List.of("--no-network"), axis("hidden").flags("none"));
    assertEquals(List.of("--neighbours", "all"), axis("distilled", "neighbours").flags("all"));
    assertEquals(
        List.of("--neighbour-lambda", "30.0"),
        axis("transitions", "neighbour-lambda")
            .flags(axis("transitions", "neighbour-lambda").canonical(" 30")));
  }

  @Test
  void values_ofAGrid_haveBothEndsAndEqualRatios() {
    assertEquals(
        List.of("0.001", "0.01", "0.1"), SearchSpace.values(axis("lambda"), "0.001:0.1:3"));
    assertEquals(List.of("0.5"), SearchSpace.values(axis("lambda"), "0.5:2:1"));
    for (String bad : List.of("0:1:3", "2:1:3", "1:2:0", "1:2:x", "1:2", "NaN", "Infinity", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> SearchSpace.values(axis("lambda"), bad), bad);
    }
    assertThrows(IllegalArgumentException.class, () -> SearchSpace.values(axis("rank"), "8:64:3"));
  }

  @Test
  void space_countsEqualValuesOnce() {
    assertEquals(3, of(Axis.RECENCY, "7", "7/0.1", "none", "7.0/0.10", "30").size());
    assertEquals(1, of(axis("hidden"), "64x32", " 64x32").size());
  }

  @Test
  void draw_isWithoutRepetition_andAllWhereThereAreNoMore() {
    SearchSpace space = SearchSpace.defaults(DistilledOptions.TRANSITIONS);
    List<Candidate> drawn = space.draw(10, 5);
    assertEquals(10, drawn.stream().distinct().count());
    assertEquals(drawn, space.draw(10, 5));
    assertNotEquals(drawn, space.draw(10, 6));
    assertEquals(space.size(), space.draw(10_000, 5).stream().distinct().count());
  }

  @Test
  void candidates_ofOneTeacher_lieBesideEachOther() {
    SearchSpace space = SearchSpace.defaults(DistilledOptions.TRANSITIONS);
    long changes =
        IntStream.range(1, (int) space.size())
            .filter(i -> !teacher(space.candidate(i)).equals(teacher(space.candidate(i - 1L))))
            .count();
    assertEquals(4 * 3 - 1, changes);
  }

  private static List<String> teacher(Candidate candidate) {
    return List.of(
        candidate.values().get(Axis.RECENCY),
        candidate.values().get(axis("transitions", "neighbour-lambda")));
  }

  @Test
  void space_refusesWhatCannotBeTried() {
    assertThrows(IllegalArgumentException.class, () -> new SearchSpace(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> of(axis("rank")));
    assertThrows(
        IllegalArgumentException.class, () -> of(axis("rank"), "0").check(base("implicit-als")));
    assertThrows(
        IllegalArgumentException.class, () -> of(axis("alpha0"), "1").check(base("distilled")));
    assertThrows(
        IllegalArgumentException.class, () -> of(axis("anls", "l2"), "-1").check(base("anls")));
    List<String> many = IntStream.range(1, 5000).mapToObj(String::valueOf).toList();
    assertThrows(
        IllegalArgumentException.class,
        () -> new SearchSpace(Map.of(axis("rank"), many, axis("negatives"), many)));
    assertThrows(
        IllegalArgumentException.class, () -> new TuneOptions(9, 1, 1, 9, 10, Optional.empty(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> new TuneOptions(9, 3, 4, 3, 10, Optional.empty(), 1));
  }
}
