// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.retrain.GateOptions.Rule;
import org.neuralrescore.trainer.retrain.matching.FactorMatching;
import tools.jackson.databind.JsonNode;

/** What a run does, from its data to what it published. */
class RetrainingTest extends AfterTheFirstRun {
  private static RetrainOptions with(TrainingOptions training) {
    return RetrainFixture.options().withTraining(training);
  }

  /** Of a model that is worse than the first, surely. */
  private static RetrainOptions hopeless() {
    return with(RetrainFixture.options()
            .training()
            .withFactors(
                ((ImplicitAlsOptions) RetrainFixture.options().training().factors())
                    .withLambda(1e5)))
        .withGate(new GateOptions(10, Rule.UNLESS_WORSE, 0, 0.9, 5000, false, 1));
  }

  private Bundle bundle(RetrainReport report) {
    return Bundle.open(fixture.workspace().generation(report.generation().orElseThrow()));
  }

  @Test
  void run_forTheFirstTime_publishesWithoutAComparison() {
    assertEquals(Decision.PUBLISHED, first.decision());
    assertEquals(Optional.empty(), first.comparison());
    assertEquals(first.generation(), first.deployed());
    assertEquals(Optional.empty(), first.former());
    assertEquals(first.generation(), served());
    assertEquals(1, history().size());
    assertEquals("published", history().get(0).get("decision").asString());
  }

  @Test
  void run_forTheFirstTime_withAModelWorseThanItsBaselines_publishesNothing() throws IOException {
    RetrainFixture fresh = RetrainFixture.generate(folder.resolve("fresh")).show(0.8);
    RetrainReport refused = fresh.run(hopeless());
    assertEquals(Decision.REFUSED, refused.decision());
    assertTrue(
        refused.reason().startsWith("nothing was deployed before, and it is worse than "),
        refused.reason());
    assertEquals(Optional.empty(), fresh.deployment(() -> {}).deployed());
  }

  @Test
  void run_onNewerData_comparesPublishesAndWritesItDown() throws IOException {
    fixture.show(1.0);
    RetrainReport report = fixture.run(RetrainFixture.options());
    assertEquals(Decision.PUBLISHED, report.decision());
    assertNotEquals(first.generation(), report.generation());
    assertEquals(first.generation(), report.former());
    assertEquals(report.generation(), served());
    JsonNode line = history().get(1);
    assertEquals(2, line.get("run").asInt());
    assertEquals(report.generation().orElseThrow(), line.get("deployed").asString());
    assertEquals(first.generation().orElseThrow(), line.get("former").asString());
    assertEquals(report.dataSha256().orElseThrow(), line.get("data_sha256").asString());
    assertEquals(
        report.comparison().orElseThrow().fresh(), line.get("ndcg").get("fresh").asDouble());
    assertTrue(report.comparison().orElseThrow().cases() > 20);
    assertEquals(
        "films/" + first.generation().orElseThrow(),
        ((java.util.Map<?, ?>) bundle(report).manifest().provenance().get("options"))
            .get("warm_start"));
  }

  @Test
  void run_comparesWhatTrainingMeasured_throughTheBundlesOwnGraphs() throws IOException {
    fixture.show(1.0);
    RetrainReport report = fixture.run(RetrainFixture.options());
    Object model = bundle(report).manifest().metrics().get("model");
    double measured = ((Number) ((java.util.Map<?, ?>) model).get("ndcg@10")).doubleValue();
    assertEquals(measured, report.comparison().orElseThrow().fresh(), 2e-3);
  }

  @Test
  void run_thatTheGateRefuses_publishesNothingAndSaysWhy() throws IOException {
    fixture.show(1.0);
    RetrainOptions hopeless = hopeless();
    RetrainReport report = fixture.run(hopeless);
    assertEquals(Decision.REFUSED, report.decision());
    assertEquals(first.generation(), served());
    assertEquals(first.generation(), report.deployed());
    assertTrue(report.comparison().orElseThrow().high() < 0, report.reason());
    assertEquals("refused", history().get(1).get("decision").asString());
    assertEquals(first.generation().orElseThrow(), history().get(1).get("deployed").asString());
    // The bundle stays for whoever wants to look at it; the same run again makes nothing new.
    assertTrue(fixture.workspace().has(report.generation().orElseThrow()));
    List<String> events = new ArrayList<>();
    RetrainReport again =
        fixture.retraining(hopeless, RetrainFixture.listener(events::add), () -> {}).run();
    assertEquals(report.generation(), again.generation());
    assertEquals(0, events.stream().filter(event -> event.startsWith("saved")).count());
    RetrainOptions forced =
        hopeless.withGate(new GateOptions(10, Rule.UNLESS_WORSE, 0, 0.9, 5000, true, 1));
    assertEquals(Decision.PUBLISHED, fixture.run(forced).decision());
    assertEquals(report.generation(), served());
  }

  /** As a run leaves it that is killed while it measures baselines. */
  @Test
  void run_whoseBundleHasNoPageYet_judgesItAndKeepsIt() throws IOException {
    fixture.show(1.0);
    RetrainReport refused = fixture.run(hopeless());
    assertEquals(Decision.REFUSED, refused.decision());
    Path bundle = fixture.workspace().generation(refused.generation().orElseThrow());
    Path page = Release.page(bundle);
    Files.delete(page);
    byte[] manifest = Files.readAllBytes(bundle.resolve(BundleFiles.MANIFEST));

    RetrainReport again = fixture.run(hopeless());

    assertEquals(refused.generation(), again.generation());
    assertTrue(Files.exists(page));
    assertArrayEquals(manifest, Files.readAllBytes(bundle.resolve(BundleFiles.MANIFEST)));
  }

  @Test
  void run_withNothingNew_trainsNothing() {
    List<String> events = new ArrayList<>();
    RetrainReport report =
        fixture
            .retraining(RetrainFixture.options(), RetrainFixture.listener(events::add), () -> {})
            .run();
    assertEquals(Decision.UNCHANGED, report.decision());
    assertEquals(Optional.empty(), report.generation());
    assertEquals(first.generation(), served());
    assertEquals(0, events.stream().filter(event -> event.startsWith("saved")).count());
    assertEquals("unchanged", history().get(1).get("decision").asString());
  }

  @Test
  void run_withOtherOptionsOnTheSameData_trains() {
    assertEquals(
        Decision.PUBLISHED,
        fixture.run(with(RetrainFixture.options().training().withSeed(5))).decision());
  }

  @Test
  void run_keepsFactorsInPlace_andTheirLabels() throws IOException {
    fixture.show(1.0);
    RetrainReport report = fixture.run(RetrainFixture.options());
    Bundle old = Bundle.open(fixture.workspace().generation(first.generation().orElseThrow()));
    Bundle fresh = bundle(report);
    FactorMatching matching =
        FactorMatching.of(old.items(), old.itemFactors(), fresh.items(), fresh.itemFactors());
    assertTrue(matching.isIdentity(), matching.toString());
    List<String> before = labels(old);
    List<String> after = labels(fresh);
    int kept = 0;
    for (int f = 0; f < before.size(); f++) {
      if (matching.cosines().get(f) >= 0.8) {
        assertEquals(before.get(f), after.get(f));
        kept++;
      }
    }
    assertTrue(kept >= 3, "only " + kept + " factors went on: " + matching.cosines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"neighbours", "distilled", "transitions", "session-softmax"})
  void run_ofItemsWithTwoSides_goesOnFromBoth(String method) throws IOException {
    RetrainOptions options = RetrainFixture.options(method);
    RetrainFixture own = RetrainFixture.generate(folder.resolve("own")).show(0.8);
    Bundle old = Bundle.open(own.workspace().generation(own.run(options).generation().get()));
    own.show(1.0);
    List<String> events = new ArrayList<>();
    RetrainReport report =
        own.retraining(options, RetrainFixture.listener(events::add), () -> {}).run();
    assertFalse(events.toString().contains("a random start"), events.toString());
    assertEquals(Decision.PUBLISHED, report.decision());
    Bundle fresh = Bundle.open(own.workspace().generation(report.generation().orElseThrow()));
    assertEquals(
        old.reference(),
        ((java.util.Map<?, ?>) fresh.manifest().provenance().get("options")).get("warm_start"));
    FactorMatching matching =
        FactorMatching.of(old.items(), old.itemFactors(), fresh.items(), fresh.itemFactors());
    long kept = matching.cosines().stream().filter(cosine -> cosine >= 0.8).count();
    assertTrue(kept >= matching.cosines().size() / 2, kept + " went on: " + matching.cosines());
  }

  private static List<String> labels(Bundle bundle) {
    return bundle.manifest().explanation().map(FactorExplanation::labels).orElseThrow();
  }

  @Test
  void run_ofAnotherRank_startsAtRandomAndSaysSo() throws IOException {
    fixture.show(1.0);
    List<String> events = new ArrayList<>();
    TrainingOptions training = RetrainFixture.options().training();
    RetrainReport report =
        fixture
            .retraining(
                with(training.withFactors(training.factors().ofRank(4))),
                RetrainFixture.listener(events::add),
                () -> {})
            .run();
    assertEquals(Decision.PUBLISHED, report.decision());
    assertTrue(
        events.stream()
            .anyMatch(e -> e.contains("has vectors of 6, this run of 4: a random start")),
        events.toString());
  }

  @Test
  void run_whoseDeployedBundleIsGone_stopsInOneLineUnlessForced() throws IOException {
    fixture.show(1.0);
    fixture.workspace().delete(first.generation().orElseThrow());
    UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains(first.generation().orElseThrow()));
    assertEquals(1, history().size());
    RetrainOptions forced =
        RetrainFixture.options()
            .withGate(new GateOptions(10, Rule.NOT_WORSE, 0, 0.9, 5000, true, 1));
    assertEquals(Decision.PUBLISHED, fixture.run(forced).decision());
  }

  @Test
  void run_onADamagedBundle_isRefusedWithTheFile() throws IOException {
    fixture.show(1.0);
    Files.write(
        fixture
            .workspace()
            .generation(first.generation().orElseThrow())
            .resolve(BundleFiles.ITEM_FACTORS),
        new byte[] {1, 2, 3});
    UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains(BundleFiles.ITEM_FACTORS), error.getMessage());
    assertEquals(first.generation(), served());
  }

  @Test
  void run_onADamagedState_saysHowToBeginAnew_andFreshDoes() throws IOException {
    fixture.show(1.0);
    Files.writeString(fixture.workspace().state(), "{\"run\": ");
    UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    assertTrue(error.getMessage().contains("--fresh"), error.getMessage());
    RetrainOptions fresh =
        RetrainFixture.options().withUnfinished(RetrainOptions.Unfinished.DISCARD);
    assertEquals(Decision.PUBLISHED, fixture.run(fresh).decision());
  }

  @Test
  void run_withoutItsFile_failsAndLeavesAllAsItWas() throws IOException {
    Files.delete(fixture.root().resolve("data/ratings.csv"));
    UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertEquals(first.generation(), served());
    assertEquals(1, history().size());
    fixture.show(1.0);
    assertEquals(Decision.PUBLISHED, fixture.run(RetrainFixture.options()).decision());
  }

  @Test
  void run_keepingFew_deletesOlderBundlesButNeverDeployedFormerOrForeign() throws IOException {
    Path foreign = fixture.workspace().generation("gforeign");
    Files.createDirectories(foreign);
    Files.writeString(foreign.resolve(BundleFiles.MANIFEST), "{}");
    RetrainOptions few = RetrainFixture.options().withKeepBundles(OptionalInt.of(0));
    fixture.show(0.9);
    RetrainReport second = fixture.run(few);
    assertTrue(fixture.workspace().has(first.generation().orElseThrow()));
    fixture.show(1.0);
    RetrainReport third = fixture.run(few);
    assertTrue(!Files.exists(fixture.workspace().generation(first.generation().orElseThrow())));
    Path page = fixture.workspace().folder().resolve(first.generation().orElseThrow() + ".html");
    assertTrue(!Files.exists(page));
    assertTrue(fixture.workspace().has(second.generation().orElseThrow()));
    assertTrue(fixture.workspace().has(third.generation().orElseThrow()));
    assertTrue(fixture.workspace().has("gforeign"));
  }

  @Test
  void comparison_seesNoCaseThatEitherModelLearnedFrom() throws IOException {
    // The deployed model's users are folded in from what the new split shows, nothing later.
    fixture.show(1.0);
    Interactions data = fixture.source().read(folder).interactions();
    var test = RetrainFixture.options().training().protocol().split(data).test();
    for (int c = 0; c < test.size(); c++) {
      assertTrue(!test.seen().contains(test.user(c), test.targets(c)[0]));
    }
    Bundle old = Bundle.open(fixture.workspace().generation(first.generation().orElseThrow()));
    GateOptions gate = GateOptions.defaults();
    HeldOutComparison.Figures figures =
        HeldOutComparison.run(
            old,
            old,
            data,
            RetrainFixture.options().training(),
            gate,
            RetrainFixture.listener(event -> {}),
            Progress.none());
    assertEquals(figures.deployed(), figures.fresh());
    assertEquals(test.size(), figures.fresh().size());
  }
}
