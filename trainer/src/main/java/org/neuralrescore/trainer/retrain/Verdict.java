// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.eval.Verdict.Standing;
import org.neuralrescore.trainer.release.VerdictFile;

/**
 * What the gate says.
 *
 * @param passes whether the new model may be deployed
 * @param comparison the figures, empty where nothing is deployed yet
 * @param reason one line for a person
 */
public record Verdict(boolean passes, Optional<Comparison> comparison, String reason) {

  /**
   * With nothing to compare with the model is held against its own baselines: what is worse than
   * they are is not published, as by {@code publish}.
   *
   * @param why there is nothing
   * @param said of the model beside its baselines, where that was measured
   */
  static Verdict alone(String why, Optional<VerdictFile.Said> said, boolean force) {
    Optional<String> worse =
        said.filter(it -> it.standing() == Standing.WORSE).map(VerdictFile.Said::sentence);
    return new Verdict(
        worse.isEmpty() || force,
        Optional.empty(),
        why + worse.map(it -> ", and it is " + it + (force ? ", but forced" : "")).orElse(""));
  }

  /** Applies the rule. */
  static Verdict of(Comparison comparison, GateOptions options) {
    boolean strict = options.rule() == GateOptions.Rule.NOT_WORSE;
    double end = strict ? comparison.low() : comparison.high();
    boolean holds = end >= -options.tolerance();
    String figures =
        String.format(
            Locale.ROOT,
            "NDCG@%d %.4f against %.4f deployed, difference %+.4f [%+.4f, %+.4f] on %d cases",
            options.cutoff(),
            comparison.fresh(),
            comparison.deployed(),
            comparison.difference(),
            comparison.low(),
            comparison.high(),
            comparison.cases());
    String rule =
        String.format(
            Locale.ROOT,
            "the %s end %s %.4f",
            strict ? "lower" : "upper",
            holds ? "reaches" : "is below",
            0.0 - options.tolerance());
    if (!holds && options.force()) {
      return new Verdict(true, Optional.of(comparison), figures + ": " + rule + ", but forced");
    }
    String few = holds || comparison.shows() ? "" : ", for so few cases can show nothing";
    return new Verdict(holds, Optional.of(comparison), figures + ": " + rule + few);
  }
}
