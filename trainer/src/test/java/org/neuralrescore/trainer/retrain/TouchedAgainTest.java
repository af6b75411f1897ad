// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

/** People who touch again what the deployed model learned that they touched. */
class TouchedAgainTest {
  private static final int USERS = 120;

  @TempDir Path folder;

  /** Nobody has a taste, so what a model knows of single pairs is all that it can know. */
  private void write(boolean later) throws IOException {
    write(later, 3);
  }

  /**
   * Writes the data.
   *
   * @param goOn of so many users, one goes on to something new
   */
  private void write(boolean later, int goOn) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 1; user <= USERS; user++) {
      int[] items = random.ints(1, 101).distinct().limit(8).toArray();
      for (int n = 0; n < items.length; n++) {
        lines.add(user + "," + items[n] + ",5," + (1_000_000_000L + 86_400L * n));
      }
      if (later) {
        // Two thirds come back to something, the others go on.
        int next = user % goOn == 0 ? 1 + items[0] % 100 : items[user % 4];
        lines.add(user + "," + next + ",5," + (1_000_000_000L + 86_400L * 20));
      }
    }
    Files.write(folder.resolve("data/ratings.csv"), lines);
  }

  @Test
  void gate_asksNobodyForWhatTheDeployedModelMayKnow() throws IOException {
    RetrainFixture fixture = RetrainFixture.generate(folder);
    RetrainOptions options = RetrainFixture.options();
    options =
        options
            .withTraining(
                options
                    .training()
                    .withFactors(options.training().factors().with(32, 10, 42))
                    .withScorer(options.training().scorer().withHidden(List.of())))
            .withGate(new GateOptions(10, GateOptions.Rule.UNLESS_WORSE, 0, 0.9, 5000, false, 42L));
    write(false);
    assertEquals(Decision.PUBLISHED, fixture.run(options).decision());
    write(true);
    List<String> told = new ArrayList<>();
    RetrainReport second =
        fixture.retraining(options, RetrainFixture.listener(told::add), () -> {}).run();
    Comparison gate = second.comparison().orElseThrow();
    assertTrue(gate.cases() <= USERS / 3, gate.toString());
    assertTrue(gate.cases() > USERS / 4, gate.toString());
    assertTrue(
        told.stream().anyMatch(line -> line.contains("whose users had touched the item before")),
        told.toString());
    assertEquals(Decision.PUBLISHED, second.decision(), second.reason());
  }

  @Test
  void gate_whereEverybodyComesBack_hasNothingToAskAndSaysSo() throws IOException {
    RetrainFixture fixture = RetrainFixture.generate(folder);
    RetrainOptions options = RetrainFixture.options();
    write(false);
    assertEquals(Decision.PUBLISHED, fixture.run(options).decision());
    write(true, USERS + 1);
    UserError error = assertThrows(UserError.class, () -> fixture.run(options));
    assertEquals(UserError.Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("all 120 held-out cases"), error.getMessage());
    RetrainOptions forced =
        options.withGate(new GateOptions(10, GateOptions.Rule.NOT_WORSE, 0, 0.9, 5000, true, 42L));
    assertEquals(Decision.PUBLISHED, fixture.run(forced).decision());
  }
}
