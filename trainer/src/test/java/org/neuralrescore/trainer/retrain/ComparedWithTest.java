// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.split.LastFraction;
import org.neuralrescore.trainer.data.split.RandomFraction;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.retrain.GateOptions.Rule;

/** With what a new model is compared, and on what. */
class ComparedWithTest extends AfterTheFirstRun {
  private static RetrainOptions forced(RetrainOptions options, boolean force) {
    return options.withGate(new GateOptions(10, Rule.UNLESS_WORSE, 1.0, 0.9, 5000, force, 42L));
  }

  @Test
  void run_holdingOutOtherwiseThanTheDeployed_isRefusedUnlessForced() throws IOException {
    fixture.show(1.0);
    RetrainOptions options = RetrainFixture.options();
    RetrainOptions other =
        options.withTraining(options.training().withProtocol(new LastFraction(0.3)));
    UserError error = assertThrows(UserError.class, () -> fixture.run(other));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("--protocol leave-last-out"), error.getMessage());
    assertTrue(error.getMessage().contains("last-fraction:0.3"), error.getMessage());
    assertEquals(first.generation(), served());
    List<String> told = new ArrayList<>();
    RetrainReport report =
        fixture.retraining(forced(other, true), RetrainFixture.listener(told::add), () -> {}).run();
    assertEquals(Decision.PUBLISHED, report.decision());
    assertTrue(told.stream().anyMatch(line -> line.contains("flatters it")), told.toString());
  }

  static List<ReadingRules> otherRules() {
    ReadingRules rules = ReadingRules.defaults();
    return List.of(
        rules.withMinRating(4),
        rules.withDuplicates(ReadingRules.Duplicates.FIRST),
        rules.withTies(ReadingRules.Ties.ITEM_ID));
  }

  /** The last interaction of four stars is not the last of all, which the deployed one held out. */
  @ParameterizedTest
  @MethodSource("otherRules")
  void run_readingByOtherRulesThanTheDeployed_isRefusedUnlessForced(ReadingRules rules)
      throws IOException {
    fixture.show(1.0);
    fixture.readBy(rules);
    RetrainOptions options = RetrainFixture.options();
    UserError error = assertThrows(UserError.class, () -> fixture.run(options));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("keep the rules"), error.getMessage());
    assertEquals(first.generation(), served());
    assertEquals(Decision.PUBLISHED, fixture.run(forced(options, true)).decision());
  }

  /** One more line of an early user would draw other cases of everybody behind. */
  @Test
  void options_drawingAtRandom_areRefused() {
    RetrainOptions options = RetrainFixture.options();
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                options.withTraining(options.training().withProtocol(new RandomFraction(0.2, 1))));
    assertTrue(error.getMessage().contains("leave-last-out"), error.getMessage());
  }

  @Test
  void run_withMoreSweepsOnTheSameData_trains() {
    RetrainOptions options = RetrainFixture.options();
    RetrainReport report =
        fixture.run(
            options.withTraining(
                options.training().withFactors(options.training().factors().ofSweeps(9))));
    assertEquals(Decision.PUBLISHED, report.decision());
  }

  /** What is chosen is chosen over factors that had all their sweeps. */
  @Test
  void run_withFewWarmSweeps_givesThoseToTheFactorsThatGoOn_andToNoOthers() throws IOException {
    fixture.show(1.0);
    List<String> told = new ArrayList<>();
    RetrainOptions few = RetrainFixture.options().withWarmSweeps(OptionalInt.of(1));
    RetrainReport report =
        fixture.retraining(few, RetrainFixture.listener(told::add), () -> {}).run();
    assertEquals(5 + 1, told.stream().filter(line -> line.startsWith("saved")).count());
    Bundle bundle = Bundle.open(fixture.workspace().generation(report.generation().orElseThrow()));
    String provenance = bundle.manifest().provenance().toString();
    assertTrue(provenance.contains("warm_sweeps=1"), provenance);
    assertTrue(provenance.contains("sweeps=5"), provenance);
    assertEquals(Decision.UNCHANGED, fixture.run(few).decision());
  }

  /** A training takes hours, in which somebody may publish by hand. */
  @Test
  void run_whenAnotherIsDeployedMeanwhile_asksTheGateAgainAgainstThat() throws IOException {
    fixture.show(0.9);
    RetrainOptions options = RetrainFixture.options();
    ImplicitAlsOptions factors = (ImplicitAlsOptions) options.training().factors();
    RetrainReport refused =
        fixture.run(
            options
                .withTraining(options.training().withFactors(factors.withLambda(1e5)))
                .withGate(new GateOptions(10, Rule.UNLESS_WORSE, 0, 0.9, 5000, false, 1)));
    assertEquals(Decision.REFUSED, refused.decision());
    Optional<String> byHand = refused.generation();
    fixture.show(1.0);
    FolderDeployment cluster = fixture.deployment(() -> {});
    List<String> told = new ArrayList<>();
    RetrainListener listener =
        RetrainFixture.listener(
            event -> {
              told.add(event);
              if (event.equals("ends TRAIN")) {
                move(cluster, byHand);
              }
            });

    RetrainReport report = fixture.retraining(options, listener, () -> {}).run();

    assertTrue(
        told.stream().anyMatch(line -> line.contains(byHand.orElseThrow() + "] was deployed")),
        told.toString());
    assertEquals(Decision.PUBLISHED, report.decision());
    assertNotEquals(byHand, report.generation());
    assertEquals(byHand, report.former());
    assertEquals(2, told.stream().filter("ends GATE"::equals).count());
  }

  private static void move(FolderDeployment cluster, Optional<String> generation) {
    try {
      cluster.moveTo(generation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
