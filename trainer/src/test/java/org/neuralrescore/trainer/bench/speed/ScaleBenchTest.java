// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.wide.WideOptions;

class ScaleBenchTest {
  @TempDir Path folder;

  @Test
  void run_readsWhatItGenerated_andLeavesABundleOfAllOfIt() {
    ScaleBench.Report report =
        ScaleBench.run(
            new ScaleBench.Options(
                300,
                200,
                5000,
                ImplicitAlsOptions.defaults().withRank(4).withSweeps(3),
                Optional.of(WideOptions.defaults()),
                2,
                folder),
            Progress.none());
    assertEquals(5000, report.interactions());
    assertEquals(3, report.sweeps());
    assertTrue(report.wideSeconds().orElseThrow() > 0);
    assertTrue(report.peakHeapBytes() > 0 && report.sweepSecondsAMillion() > 0);
    Bundle bundle = Bundle.open(folder.resolve("scale"));
    assertEquals(300, bundle.users().size());
    assertTrue(bundle.items().size() <= 200 && bundle.items().size() > 150);
    bundle.checkParity();
  }

  @Test
  void run_inTheFolderOfAnotherRun_measuresItsOwnMatrix() {
    assertEquals(160, small(160).items());
    assertEquals(40, small(40).items());
    assertEquals(160, small(160).items());
  }

  private ScaleBench.Report small(int items) {
    return ScaleBench.run(
        new ScaleBench.Options(
            300,
            items,
            3000,
            ImplicitAlsOptions.defaults().withRank(2).withSweeps(1),
            Optional.empty(),
            2,
            folder),
        Progress.none());
  }
}
