package org.neuralrescore.trainer.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bundle was made from. Equal provenance gives the same bundle, byte for byte: no clock, no
 * machine, no number of threads belongs here.
 *
 * @param dataSha256 hash of the interactions that were read
 * @param seed of all randomness
 * @param options everything else that decides the result; values are text, numbers, booleans, lists
 *     or maps
 * @param versions of the software, {@code neural-rescore} among them
 */
public record Provenance(
    String dataSha256, long seed, Map<String, ?> options, Map<String, String> versions) {
  public Provenance {
    if (!dataSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "provenance expects the data's sha256 as 64 hex digits, got [" + dataSha256 + "]");
    }
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** This software's version, for the graphs. */
  String version() {
    return versions.getOrDefault("neural-rescore", "unknown");
  }

  /** As the manifest has it. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("data_sha256", dataSha256);
    map.put("seed", seed);
    map.put("options", options);
    map.put("versions", versions);
    return map;
  }
}
