// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.bundle.BundleChecksum;
import org.neuralrescore.trainer.retrain.StandingRuns.Stand;

/** Runs of every loss are killed with SIGKILL in their sweeps, and gone on with. */
class LossKillTest {
  @TempDir static Path shared;

  /** The first generation of each loss. */
  private static final Map<String, Optional<String>> former = new HashMap<>();

  static List<String> losses() {
    return List.of(
        "kl-cd", "a-hals", "e-a-hals", "distilled", "transitions", "session-softmax", "features");
  }

  @BeforeAll
  static void killInTheThirdSweep() throws IOException, InterruptedException {
    RetrainFixture before = RetrainFixture.generate(shared.resolve("before")).show(0.8);
    before.run(RetrainFixture.options());
    List<Stand> stands = new ArrayList<>();
    for (String loss : losses()) {
      RetrainFixture whole = before.copy(whole(loss).root());
      former.put(loss, whole.run(RetrainFixture.options(loss)).generation());
      whole.show(1.0);
      stands.add(new Stand(whole.copy(killed(loss).root()), "saved 3", loss));
    }
    StandingRuns.kill(stands);
  }

  private static RetrainFixture whole(String loss) {
    return new RetrainFixture(shared.resolve(loss + "-whole"));
  }

  private static RetrainFixture killed(String loss) {
    return new RetrainFixture(shared.resolve(loss + "-killed"));
  }

  private static String checksum(RetrainFixture fixture, RetrainReport report) {
    return BundleChecksum.of(fixture.workspace().generation(report.generation().orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void run_killedInTheSweepsOfAnyLoss_goesOnToTheSameBytes(String loss) {
    RetrainReport report = whole(loss).run(RetrainFixture.options(loss));
    assertEquals(former.get(loss), report.former());

    assertEquals(report, killed(loss).run(RetrainFixture.options(loss)));
    assertEquals(checksum(whole(loss), report), checksum(killed(loss), report));
  }
}
