// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Diagonal;
import org.neuralrescore.trainer.release.report.Section.Dot;
import org.neuralrescore.trainer.release.report.Section.Table;

/** Whether the model's probabilities mean what they say, and of what they are probabilities. */
final class CalibrationSections {
  private final Reliability reliability;

  CalibrationSections(Reliability reliability) {
    this.reliability = reliability;
  }

  List<Section> all() {
    double base = reliability.observed() * (1 - reliability.observed());
    String note =
        String.format(
            Locale.ROOT,
            "%,d held-out rows, drawn as the scorer's training rows are: each item to be found among"
                + " sampled items that its user has not touched, so %.0f %% of rows are positive by"
                + " construction. The model's mean probability is %.3f; its expected calibration"
                + " error is %.4f; its Brier score is %.4f, where one who always says %.2f gets %.4f."
                + " These are probabilities in that game, not how likely a hit is to be clicked: the"
                + " share of positives there is another one. Ranks do not depend on calibration. A"
                + " served score s of weight 1 is -log(1 - p), so p = 1 - exp(-s).",
            reliability.rows(),
            100 * reliability.observed(),
            reliability.predicted(),
            reliability.expectedError(),
            reliability.brier(),
            reliability.observed(),
            base);
    List<Dot> dots = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Reliability.Bin bin : reliability.bins()) {
      dots.add(new Dot(bin.predicted(), bin.observed(), bin.rows()));
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%.1f to %.1f", bin.low(), bin.high()),
              String.format(Locale.ROOT, "%,d", bin.rows()),
              String.format(Locale.ROOT, "%.4f", bin.predicted()),
              String.format(Locale.ROOT, "%.4f", bin.observed())));
    }
    return List.of(
        new Diagonal("Reliability", note, "mean probability of the model", "share found", dots),
        new Table(
            "Reliability in figures",
            "",
            List.of("probability", "rows", "predicted", "observed"),
            rows));
  }
}
