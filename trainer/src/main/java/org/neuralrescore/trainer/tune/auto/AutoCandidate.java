// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.Setting;

/**
 * One way to factors that is tried.
 *
 * @param factors the method and its options
 * @param weighting what an interaction of a history weighs in the encoder
 */
public record AutoCandidate(FactorOptions factors, HistoryWeighting weighting) implements Tried {

  AutoCandidate withFactors(FactorOptions value) {
    return new AutoCandidate(value, weighting);
  }

  @Override
  public String kind() {
    return factors.method().label();
  }

  @Override
  public List<String> flags() {
    List<String> flags = new ArrayList<>(List.of("--factors", kind()));
    // What follows from flags before it is none of its own: the encoder's loss is the factors'.
    FactorOptions told = factors.method().defaults();
    for (Setting setting : factors.method().settings()) {
      String value = setting.get(factors);
      if (!value.equals(setting.get(told))) {
        flags.add("--" + setting.name());
        flags.add(value);
        told = setting.set(told, value);
      }
    }
    flags.addAll(Tried.flags(weighting));
    return flags;
  }
}
