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
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.SolverOptions;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.Penalty;
import org.neuralrescore.trainer.scorer.ScorerOptions;

class SearchSpaceTest {
  private static TrialOptions base(FactorMethod method) {
    return new TrialOptions(
        ImplicitAlsOptions.defaults(),
        new SolverOptions(method, Penalty.NONE, Initialisation.RANDOM),
        RowScheme.users(),
        EncoderOptions.defaults(),
        ScorerOptions.defaults());
  }

  private static SearchSpace of(Axis axis, String... values) {
    return new SearchSpace(Map.of(axis, List.of(values)));
  }

  @ParameterizedTest
  @EnumSource(FactorMethod.class)
  void defaults_ofEveryMethod_areTakenByIt_andHoldWhatWasChosen(FactorMethod method) {
    TrialOptions base = base(method);
    SearchSpace space = SearchSpace.defaults(method);
    space.check(base);
    assertTrue(space.size() >= 24, space.toString());
    assertFalse(space.ofScorer());
    for (long index = 0; index < space.size(); index++) {
      Candidate candidate = space.candidate(index);
      assertEquals(candidate, space.of(candidate.apply(base)));
    }
  }

  @ParameterizedTest
  @EnumSource(Axis.class)
  void axes_changeTheirOptionAndNoOther(Axis axis) {
    FactorMethod method =
        Stream.of(FactorMethod.values()).filter(axis::belongsTo).findAny().orElseThrow();
    TrialOptions base = base(method);
    String value =
        axis.canonical(
            switch (axis) {
              case HIDDEN -> "7x5";
              case RECENCY -> "7";
              case NEIGHBOURS, RANK, NEGATIVES -> "7";
              default -> "0.7";
            });
    TrialOptions changed = axis.apply(base, value);
    assertEquals(value, axis.of(changed));
    assertNotEquals(value, axis.of(base));
    assertFalse(axis.flags(value).isEmpty());
    for (Axis other : Axis.values()) {
      if (other != axis && other.belongsTo(method) && !derived(other, axis)) {
        assertEquals(other.of(base), other.of(changed));
      }
    }
  }

  /** An encoder without a loss of its own has the factorisation's. */
  private static boolean derived(Axis other, Axis axis) {
    return switch (other) {
      case ENCODER_ALPHA0 -> axis == Axis.ALPHA0;
      case ENCODER_LAMBDA -> axis == Axis.LAMBDA;
      default -> false;
    };
  }

  @Test
  void flags_areThoseOfTrain() {
    assertEquals(
        List.of("--recency-days", "30.0", "--recency-floor", "0.05"),
        Axis.RECENCY.flags(Axis.RECENCY.canonical("30/0.05")));
    assertEquals(List.of(), Axis.RECENCY.flags("none"));
    assertEquals(List.of("--hidden", "64,32"), Axis.HIDDEN.flags("64x32"));
    assertEquals(List.of("--no-network"), Axis.HIDDEN.flags("none"));
    assertEquals(List.of(), Axis.NEIGHBOURS.flags("all"));
    assertEquals(
        List.of("--neighbour-lambda", "30.0"),
        Axis.NEIGHBOUR_LAMBDA.flags(Axis.NEIGHBOUR_LAMBDA.canonical(" 30")));
  }

  @Test
  void values_ofAGrid_haveBothEndsAndEqualRatios() {
    assertEquals(List.of("0.001", "0.01", "0.1"), SearchSpace.values(Axis.LAMBDA, "0.001:0.1:3"));
    assertEquals(List.of("0.5"), SearchSpace.values(Axis.LAMBDA, "0.5:2:1"));
    for (String bad : List.of("0:1:3", "2:1:3", "1:2:0", "1:2:x", "1:2", "NaN", "Infinity", "")) {
      assertThrows(IllegalArgumentException.class, () -> SearchSpace.values(Axis.LAMBDA, bad), bad);
    }
    assertThrows(IllegalArgumentException.class, () -> SearchSpace.values(Axis.RANK, "8:64:3"));
  }

  @Test
  void space_countsEqualValuesOnce() {
    assertEquals(3, of(Axis.RECENCY, "7", "7/0.1", "none", "7.0/0.10", "30").size());
    assertEquals(1, of(Axis.HIDDEN, "64x32", " 64x32").size());
  }

  @Test
  void draw_isWithoutRepetition_andAllWhereThereAreNoMore() {
    SearchSpace space = SearchSpace.defaults(FactorMethod.TRANSITIONS);
    List<Candidate> drawn = space.draw(10, 5);
    assertEquals(10, drawn.stream().distinct().count());
    assertEquals(drawn, space.draw(10, 5));
    assertNotEquals(drawn, space.draw(10, 6));
    assertEquals(space.size(), space.draw(10_000, 5).stream().distinct().count());
  }

  @Test
  void candidates_ofOneTeacher_lieBesideEachOther() {
    SearchSpace space = SearchSpace.defaults(FactorMethod.TRANSITIONS);
    long changes =
        IntStream.range(1, (int) space.size())
            .filter(i -> !teacher(space.candidate(i)).equals(teacher(space.candidate(i - 1L))))
            .count();
    assertEquals(4 * 3 - 1, changes);
  }

  private static List<String> teacher(Candidate candidate) {
    return List.of(
        candidate.values().get(Axis.RECENCY), candidate.values().get(Axis.NEIGHBOUR_LAMBDA));
  }

  @Test
  void space_refusesWhatCannotBeTried() {
    assertThrows(IllegalArgumentException.class, () -> new SearchSpace(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> of(Axis.RANK));
    assertThrows(
        IllegalArgumentException.class,
        () -> of(Axis.RANK, "0").check(base(FactorMethod.IMPLICIT_ALS)));
    assertThrows(
        IllegalArgumentException.class,
        () -> of(Axis.ALPHA0, "1").check(base(FactorMethod.DISTILLED)));
    assertThrows(
        IllegalArgumentException.class, () -> of(Axis.L2, "-1").check(base(FactorMethod.ANLS)));
    List<String> many = IntStream.range(1, 5000).mapToObj(String::valueOf).toList();
    assertThrows(
        IllegalArgumentException.class,
        () -> new SearchSpace(Map.of(Axis.RANK, many, Axis.NEGATIVES, many)));
    assertThrows(
        IllegalArgumentException.class, () -> new TuneOptions(9, 1, 1, 9, 10, Optional.empty(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> new TuneOptions(9, 3, 4, 3, 10, Optional.empty(), 1));
  }
}
