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
    if (deployed.isPresent()
        && provenance.dataSha256().equals(deployed.get().manifest().provenance().get("data_sha256"))
        && options(provenance.options())
            .equals(options(deployed.get().manifest().provenance().get("options")))) {
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
  private static String options(Object options) {
    Map<Object, Object> compared = new HashMap<>();
    if (options instanceof Map<?, ?> map) {
      compared.putAll(map);
      compared.remove("warm_start");
      if (map.get("factors") instanceof Map<?, ?> factors) {
        Map<Object, Object> rest = new HashMap<>(factors);
        rest.remove("sweeps");
        compared.put("factors", rest);
      }
    }
    return SORTED.writeValueAsString(compared);
  }
}
