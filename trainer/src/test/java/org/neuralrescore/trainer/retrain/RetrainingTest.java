// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.FactorExplanation;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.JsonLines;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.retrain.GateOptions.Rule;
import org.neuralrescore.trainer.retrain.matching.FactorMatching;
import tools.jackson.databind.JsonNode;

class RetrainingTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static RetrainFixture deployed;
  private static RetrainReport first;
  private RetrainFixture fixture;

  @BeforeAll
  static void deployAFirstGeneration() throws IOException {
    deployed = RetrainFixture.generate(shared.resolve("first")).show(0.8);
    first = deployed.run(RetrainFixture.options());
  }

  @BeforeEach
  void copy() throws IOException {
    fixture = deployed.copy(folder.resolve("copy"));
  }

  private static RetrainOptions with(TrainingOptions training) {
    RetrainOptions options = RetrainFixture.options();
    return new RetrainOptions(
        training,
        options.warmSweeps(),
        options.checkpointSweeps(),
        options.gate(),
        options.start(),
        options.unfinished(),
        options.keepBundles(),
        List.of());
  }

  private static RetrainOptions keeping(int bundles) {
    RetrainOptions options = RetrainFixture.options();
    return new RetrainOptions(
        options.training(),
        options.warmSweeps(),
        options.checkpointSweeps(),
        options.gate(),
        options.start(),
        options.unfinished(),
        OptionalInt.of(bundles),
        List.of());
  }

  private Optional<String> served() {
    return fixture.deployment(() -> {}).deployed();
  }

  private List<JsonNode> history() {
    return JsonLines.open(fixture.workspace().folder().resolve(History.FILE)).lines();
  }

  private RetrainReport rollBack() {
    return Rollback.run(
        fixture.workspace(),
        fixture.deployment(() -> {}),
        RetrainFixture.listener(event -> {}),
        RetrainFixture.clock());
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
    RetrainOptions hopeless =
        RetrainFixture.withGate(
            with(
                RetrainFixture.options()
                    .training()
                    .withFactors(
                        ((ImplicitAlsOptions) RetrainFixture.options().training().factors())
                            .withLambda(1e5))),
            gate -> new GateOptions(10, Rule.UNLESS_WORSE, 0, 0.9, 5000, false, 1));
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
        RetrainFixture.withGate(
            hopeless, gate -> new GateOptions(10, Rule.UNLESS_WORSE, 0, 0.9, 5000, true, 1));
    assertEquals(Decision.PUBLISHED, fixture.run(forced).decision());
    assertEquals(report.generation(), served());
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
        RetrainFixture.withGate(
            RetrainFixture.options(),
            gate -> new GateOptions(10, Rule.NOT_WORSE, 0, 0.9, 5000, true, 1));
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
    RetrainOptions options = RetrainFixture.options();
    RetrainOptions fresh =
        new RetrainOptions(
            options.training(),
            options.warmSweeps(),
            options.checkpointSweeps(),
            options.gate(),
            options.start(),
            RetrainOptions.Unfinished.DISCARD,
            options.keepBundles(),
            List.of());
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
  void rollBack_returnsToTheFormerGeneration_andForthAgain() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    RetrainReport back = rollBack();
    assertEquals(Decision.ROLLED_BACK, back.decision());
    assertEquals(first.generation(), served());
    assertEquals(first.generation(), back.deployed());
    assertEquals(second.generation(), back.former());
    rollBack();
    assertEquals(second.generation(), served());
    assertEquals(4, history().size());
  }

  @Test
  void run_afterARollback_doesNotPublishTheSameAgain_unlessForced() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    rollBack();
    RetrainReport again = fixture.run(RetrainFixture.options());
    assertEquals(Decision.UNCHANGED, again.decision());
    assertTrue(again.reason().contains("rolled back"), again.reason());
    assertEquals(first.generation(), served());
    RetrainOptions forced =
        RetrainFixture.withGate(
            RetrainFixture.options(),
            gate -> new GateOptions(10, Rule.NOT_WORSE, 0, 0.9, 5000, true, 1));
    assertEquals(second.generation(), fixture.run(forced).deployed());
  }

  @Test
  void run_whereHistoryAndClusterDiffer_stopsUntilOneIsAdopted() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    fixture.deployment(() -> {}).moveTo(first.deployed());
    UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(
        error.getMessage().contains("[" + second.deployed().orElseThrow() + "] is deployed")
            && error.getMessage().contains("--adopt"),
        error.getMessage());
    assertEquals(first.deployed(), served());
    adopt();
    assertEquals("adopted", history().get(2).get("decision").asString());
    assertEquals(first.deployed(), fixture.run(RetrainFixture.options()).former());
  }

  @Test
  void run_whereTheClusterForgot_isNoFirstRun() throws IOException {
    fixture.show(1.0);
    fixture.deployment(() -> {}).moveTo(Optional.empty());
    UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("_recover"), error.getMessage());
    assertEquals(Optional.empty(), served());
    assertEquals(1, history().size());
    adopt();
    assertEquals(Decision.PUBLISHED, fixture.run(RetrainFixture.options()).decision());
  }

  @Test
  void run_whosePublicationWasCutOff_asksTheGateAgainWhereAnotherIsDeployed() throws IOException {
    // A run that saw nothing deployed: it passed a gate that had nothing to compare with.
    RetrainFixture blind = RetrainFixture.generate(folder.resolve("blind")).show(0.8);
    assertThrows(
        IllegalStateException.class,
        () ->
            blind
                .retraining(
                    RetrainFixture.options(),
                    RetrainFixture.listener(event -> {}),
                    () -> {
                      throw new IllegalStateException("cut off");
                    })
                .run());
    blind.show(0.6);
    RetrainFixture other = blind.copy(folder.resolve("other"));
    java.nio.file.Files.delete(other.workspace().state());
    String better = other.run(RetrainFixture.options()).deployed().orElseThrow();
    RetrainFixture.copyFolder(
        other.workspace().generation(better), blind.workspace().generation(better));
    blind.deployment(() -> {}).moveTo(Optional.of(better));

    List<String> events = new ArrayList<>();
    RetrainReport report =
        blind
            .retraining(
                RetrainFixture.withGate(
                    RetrainFixture.options(),
                    gate -> new GateOptions(10, Rule.NOT_WORSE, 0.0, 0.99, 5000, false, 42L)),
                RetrainFixture.listener(events::add),
                () -> {})
            .run();
    assertEquals(Decision.REFUSED, report.decision(), report.reason());
    assertTrue(report.comparison().isPresent());
    assertEquals(Optional.of(better), blind.deployment(() -> {}).deployed());
    assertTrue(events.stream().anyMatch(event -> event.contains("asked again")), events.toString());
    assertTrue(events.contains("begins EVALUATE"), events.toString());
  }

  private void adopt() {
    Adoption.run(
        fixture.workspace(),
        fixture.deployment(() -> {}),
        RetrainOptions.Unfinished.GO_ON,
        RetrainFixture.listener(event -> {}),
        RetrainFixture.clock());
  }

  @Test
  void rollBack_withoutAFormerGeneration_saysSo() {
    UserError error = assertThrows(UserError.class, this::rollBack);
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains(first.generation().orElseThrow()));
  }

  @Test
  void rollBack_toAModelThatIsGone_leavesAllAsItWas() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    fixture.deployment(() -> {}).lose(first.generation().orElseThrow());
    assertThrows(UserError.class, this::rollBack);
    assertEquals(second.generation(), served());
    assertEquals(2, history().size());
    fixture.workspace().delete(first.generation().orElseThrow());
    UserError error = assertThrows(UserError.class, this::rollBack);
    assertTrue(error.getMessage().contains("restore it"), error.getMessage());
  }

  @Test
  void run_keepingFew_deletesOlderBundlesButNeverDeployedFormerOrForeign() throws IOException {
    Path foreign = fixture.workspace().generation("gforeign");
    Files.createDirectories(foreign);
    Files.writeString(foreign.resolve(BundleFiles.MANIFEST), "{}");
    fixture.show(0.9);
    RetrainReport second = fixture.run(keeping(0));
    assertTrue(fixture.workspace().has(first.generation().orElseThrow()));
    fixture.show(1.0);
    RetrainReport third = fixture.run(keeping(0));
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
            old, old, data, RetrainFixture.options().training(), gate, Progress.none());
    assertEquals(figures.deployed(), figures.fresh());
    assertEquals(test.size(), figures.fresh().size());
  }
}
