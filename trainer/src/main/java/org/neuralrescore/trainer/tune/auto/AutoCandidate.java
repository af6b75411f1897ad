package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.Setting;

/**
 * One way to factors that is tried.
 *
 * @param factors the method and its options
 * @param weighting what an interaction of a history weighs in the encoder
 */
public record AutoCandidate(FactorOptions factors, HistoryWeighting weighting) {

  AutoCandidate withFactors(FactorOptions value) {
    return new AutoCandidate(value, weighting);
  }

  /** The method's name: candidates of one are of a kind. */
  String kind() {
    return factors.method().label();
  }

  /** As flags of {@code train}, those of the method's defaults left out but for its name. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>(List.of("--factors", kind()));
    FactorOptions defaults = factors.method().defaults();
    for (Setting setting : factors.method().settings()) {
      String value = setting.get(factors);
      if (!value.equals(setting.get(defaults))) {
        flags.add("--" + setting.name());
        flags.add(value);
      }
    }
    if (weighting.floor() != 1) {
      flags.add("--recency-days");
      flags.add(Double.toString(weighting.decayDays()));
      flags.add("--recency-floor");
      flags.add(Double.toString(weighting.floor()));
    }
    return flags;
  }

  /** A few words for a person. */
  public String label() {
    return String.join(" ", flags()).replace("--factors ", "").toLowerCase(Locale.ROOT);
  }
}
