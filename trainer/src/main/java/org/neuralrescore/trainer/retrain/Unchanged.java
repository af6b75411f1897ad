// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whether there is anything to learn that the deployed generation has not learned. */
final class Unchanged {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Unchanged() {}

  /** Why no new generation is due, or empty where one is. */
  static Optional<String> reason(
      Optional<Bundle> deployed, Provenance provenance, String generation, History history) {
    if (deployed
        .flatMap(bundle -> Provenance.of(bundle.manifest()))
        .filter(of -> of.dataSha256().equals(provenance.dataSha256()))
        .filter(of -> of.seed() == provenance.seed())
        .filter(of -> of.trained().equals(provenance.trained()))
        .filter(of -> options(of).equals(options(provenance)))
        .isPresent()) {
      return Optional.of("data and options are those of the deployed generation");
    }
    if (history.rolledBack(generation)) {
      return Optional.of(
          "the same data and options made generation ["
              + generation
              + "], which was rolled back; --force publishes it all the same");
    }
    return Optional.empty();
  }

  /** As text, but for where factors began: a warm start never ends where a cold one does. */
  private static String options(Provenance provenance) {
    Map<String, Object> compared = new HashMap<>(provenance.options());
    compared.remove("warm_start");
    compared.remove("warm_sweeps");
    return SORTED.writeValueAsString(compared);
  }
}
