// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.data.interactions.Reading;
import org.neuralrescore.trainer.data.split.GlobalTime;
import org.neuralrescore.trainer.data.split.LastFraction;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/** A deployed model of a file that was read whole, and newer data. */
class HeldOutAlikeTest extends AfterTheFirstRun {
  private Bundle deployed() throws IOException {
    return Bundle.open(fixture.workspace().generation(first.generation().orElseThrow()));
  }

  private static void require(Bundle deployed, TrainingOptions training, Reading now) {
    new HeldOutAlike(
            training, now, RetrainFixture.options().gate(), RetrainFixture.listener(event -> {}))
        .require(deployed);
  }

  @Test
  void bundle_saysByWhatRulesItsDataWasRead() throws IOException {
    TrainedWith trained =
        Provenance.of(deployed().manifest()).flatMap(Provenance::trained).orElseThrow();
    assertEquals(Optional.of(whole()), trained.reading());
  }

  private static Reading whole() {
    return new Reading(0, "latest", "line", "", "", "");
  }

  @Test
  void require_ofAnotherPart_isRefused() throws IOException {
    Bundle deployed = deployed();
    TrainingOptions training = RetrainFixture.options().training();
    assertDoesNotThrow(() -> require(deployed, training, whole()));
    Reading purchases =
        new Reading(0, "latest", "line", Map.of("action_name", "purchase").toString(), "", "");
    UserError error = assertThrows(UserError.class, () -> require(deployed, training, purchases));
    assertTrue(
        error.getMessage().contains("--where none (now {action_name=purchase})"),
        error.getMessage());
  }

  /** What is new comes behind what a model knew; what is gone again does not. */
  @Test
  void others_upToALaterMoment_areNone() {
    String day = "2026-11-29";
    String next = "2026-11-30";
    assertEquals(List.of(), HeldOutAlike.others(until(day), until(next), new LeaveLastOut()));
    assertEquals(
        List.of(),
        HeldOutAlike.others(until(day), until("2026-11-29T10:00:00Z"), new LeaveLastOut()));
    assertEquals(
        List.of("--until 2026-11-30 (now 2026-11-29)"),
        HeldOutAlike.others(until(next), until(day), new LeaveLastOut()));
    assertEquals(
        List.of("--until now-1d (now 2026-11-30)"),
        HeldOutAlike.others(until("now-1d"), until(next), new LeaveLastOut()));
    assertEquals(
        List.of("--until none (now 2026-11-30)"),
        HeldOutAlike.others(whole(), until(next), new LeaveLastOut()));
  }

  private static Reading until(String end) {
    return new Reading(0, "latest", "line", "", "", end);
  }

  /** A tenth of a longer history begins earlier; its last interaction is the same. */
  @Test
  void others_ofALongerWindow_areNoneWhereTheLastIsHeldOut() {
    Reading window = new Reading(0, "latest", "line", "", "now-90d", "");
    assertEquals(List.of(), HeldOutAlike.others(whole(), window, new LeaveLastOut()));
    for (SplitProtocol other : List.of(new LastFraction(0.2), new GlobalTime(0.1))) {
      assertEquals(
          List.of("--since none (now now-90d)"), HeldOutAlike.others(whole(), window, other));
    }
  }
}
