// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.retrain.GateOptions.Rule;

/** Back to the former generation, and runs whose cluster is not where their history left it. */
class RollbackTest extends AfterTheFirstRun {
  private RetrainReport rollBack() {
    return Rollback.run(
        fixture.workspace(),
        fixture.deployment(() -> {}),
        RetrainFixture.listener(event -> {}),
        RetrainFixture.clock());
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
        RetrainFixture.options()
            .withGate(new GateOptions(10, Rule.NOT_WORSE, 0, 0.9, 5000, true, 1));
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
                RetrainFixture.options()
                    .withGate(new GateOptions(10, Rule.NOT_WORSE, 0.0, 0.99, 5000, false, 42L)),
                RetrainFixture.listener(events::add),
                () -> {})
            .run();
    assertEquals(Decision.REFUSED, report.decision(), report.reason());
    assertTrue(report.comparison().isPresent());
    assertEquals(Optional.of(better), blind.deployment(() -> {}).deployed());
    assertTrue(events.stream().anyMatch(event -> event.contains("asked again")), events.toString());
    assertTrue(events.contains("begins EVALUATE"), events.toString());
  }

  private void byHand(String alias, Optional<String> generation, Optional<String> former) {
    Workspace workspace = fixture.workspace();
    new PublicationByHand(
            alias,
            note -> {
              throw new AssertionError(note);
            },
            RetrainFixture.clock())
        .about(
            workspace.stored(generation.orElseThrow()).orElseThrow(),
            former.map(name -> workspace.name() + "/" + name));
  }

  @Test
  void rollBack_afterAPublicationByHand_returnsToWhatItTookThePlaceOf() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    byHand("clicked", first.generation(), second.generation());
    fixture.deployment(() -> {}).moveTo(first.generation());
    RetrainReport back = rollBack();
    assertEquals(second.generation(), served());
    assertEquals(first.generation(), back.former());
    assertEquals(3, back.run());
    rollBack();
    assertEquals(first.generation(), served());
  }

  @Test
  void rollBack_doesNotMindAPublicationThatWasCutOff_orIsAnotherAliasOwn() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    byHand("clicked", first.generation(), second.generation());
    byHand("staging", second.generation(), Optional.empty());
    rollBack();
    assertEquals(first.generation(), served());
    byHand("staging", second.generation(), first.generation());
    fixture.deployment(() -> {}).moveTo(second.generation());
    UserError error = assertThrows(UserError.class, this::rollBack);
    assertTrue(error.getMessage().contains("names no generation before"), error.getMessage());
  }

  @Test
  void run_afterAPublicationByHand_stillAsksWhichOfTheTwoIsRight() throws IOException {
    fixture.show(1.0);
    RetrainReport second = fixture.run(RetrainFixture.options());
    byHand("clicked", first.generation(), second.generation());
    assertEquals(Decision.UNCHANGED, fixture.run(RetrainFixture.options()).decision());
    fixture.deployment(() -> {}).moveTo(first.generation());
    assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
    adopt();
    assertEquals(5, history().size());
    assertEquals(4, history().get(4).get("run").asInt());
  }

  @Test
  void publicationByHand_whereNoLineCanBeWritten_saysSo_andNothingElse() throws IOException {
    List<String> notes = new ArrayList<>();
    PublicationByHand publication =
        new PublicationByHand("clicked", notes::add, RetrainFixture.clock());
    Workspace workspace = fixture.workspace();
    String generation = first.generation().orElseThrow();
    try (RunLock lock = RunLock.take(workspace.lock())) {
      assertEquals(Optional.empty(), lock.left());
      publication.about(workspace.stored(generation).orElseThrow(), Optional.empty());
    }
    assertEquals(1, notes.size(), notes.toString());
    assertTrue(notes.get(0).contains("at work on this model"), notes.toString());
    assertEquals(1, history().size());

    // A copy elsewhere is not where runs look.
    java.nio.file.Path copy = folder.resolve("copy-of-it");
    RetrainFixture.copyFolder(workspace.generation(generation), copy);
    publication.about(StoredBundle.open(copy), Optional.empty());
    assertEquals(1, notes.size(), notes.toString());
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
}
