// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.List;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import tools.jackson.databind.json.JsonMapper;

/**
 * How lines are read, as it travels to executors.
 *
 * @param formatJson an {@link InteractionFormat}
 * @param rulesJson {@link ReadingRules} without the catalogue, which the union of all parts knows
 */
record WireRules(String formatJson, String rulesJson) implements Serializable {
  private static final long serialVersionUID = 1L;

  static WireRules of(InteractionFormat format, ReadingRules rules) {
    JsonMapper json = JsonMapper.shared();
    return new WireRules(
        json.writeValueAsString(format), json.writeValueAsString(rules.withCatalogue(List.of())));
  }

  InteractionFormat format() {
    return JsonMapper.shared().readValue(formatJson, InteractionFormat.class);
  }

  ReadingRules rules() {
    return JsonMapper.shared().readValue(rulesJson, ReadingRules.class);
  }
}
