// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * One way to item-to-item weights that is tried.
 *
 * @param way direction, candidates, ridge
 * @param weighting what an interaction of a history weighs when it is asked
 */
public record WideCandidate(WideOptions way, HistoryWeighting weighting) implements Tried {
  WideCandidate withWay(WideOptions other) {
    return new WideCandidate(other, weighting);
  }

  WideCandidate withWeighting(HistoryWeighting other) {
    return new WideCandidate(way, other);
  }

  @Override
  public String kind() {
    return "wide " + way.direction().label();
  }

  @Override
  public List<String> flags() {
    List<String> flags = flags(way);
    flags.addAll(Tried.flags(weighting));
    return flags;
  }

  /** The flags of a way. */
  static List<String> flags(WideOptions way) {
    WideOptions defaults = WideOptions.defaults(way.direction());
    List<String> flags = new ArrayList<>(List.of("--wide", way.direction().label()));
    if (way.closeness() != defaults.closeness()) {
      flags.addAll(List.of("--wide-closeness", way.closeness().label()));
    }
    if (way.candidates() != defaults.candidates()) {
      flags.addAll(List.of("--wide-candidates", Integer.toString(way.candidates())));
    }
    if (way.kept() != defaults.kept()) {
      flags.addAll(List.of("--wide-kept", Integer.toString(way.kept())));
    }
    if (way.lambda() != defaults.lambda()) {
      flags.addAll(List.of("--wide-lambda", Double.toString(way.lambda())));
    }
    return flags;
  }
}
