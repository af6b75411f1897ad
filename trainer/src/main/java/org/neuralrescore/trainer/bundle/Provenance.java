// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.neuralrescore.bundle.ModelManifest;

/**
 * What a bundle was made from. Equal provenance gives the same bundle, byte for byte: no clock, no
 * machine, no number of threads belongs here.
 *
 * @param dataSha256 hash of the interactions that were read
 * @param seed of all randomness
 * @param trained what others have to do in the same way; empty where nothing was trained
 * @param options everything else that decides the result, for people to read; values are text,
 *     numbers, booleans, lists or maps
 * @param versions of the software, {@code neural-rescore} and its {@code build} among them: the
 *     last bits of two builds may differ
 */
public record Provenance(
    String dataSha256,
    long seed,
    Optional<TrainedWith> trained,
    Map<String, ?> options,
    Map<String, String> versions) {
  private static final String SHA_256 = "[0-9a-f]{64}";

  public Provenance {
    if (!dataSha256.matches(SHA_256)) {
      throw new IllegalArgumentException(
          "provenance expects the data's sha256 as 64 hex digits, got [" + dataSha256 + "]");
    }
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** Of a model that no training made. */
  public Provenance(
      String dataSha256, long seed, Map<String, ?> options, Map<String, String> versions) {
    this(dataSha256, seed, Optional.empty(), options, versions);
  }

  /**
   * As a manifest has it.
   *
   * @return empty where it has none of this software: a provenance is free
   */
  public static Optional<Provenance> of(ModelManifest manifest) {
    Map<?, ?> map = manifest.provenance();
    if (map.get("data_sha256") instanceof String hash
        && hash.matches(SHA_256)
        && map.get("seed") instanceof Number seed
        && map.get("options") instanceof Map<?, ?> options
        && map.get("versions") instanceof Map<?, ?> versions) {
      Map<String, Object> rest = new TreeMap<>();
      options.forEach((key, value) -> rest.put(key.toString(), value));
      rest.remove(TrainedWith.KEY);
      Map<String, String> software = new TreeMap<>();
      versions.forEach((key, value) -> software.put(key.toString(), value.toString()));
      return Optional.of(
          new Provenance(hash, seed.longValue(), TrainedWith.read(options), rest, software));
    }
    return Optional.empty();
  }

  /**
   * Whether the data's hash is one under a secret, as of data that were learned from privately:
   * nobody else can tell by it which data that were.
   */
  public boolean veiled() {
    return options.containsKey("privacy");
  }

  /**
   * Whether most users stayed where they were read and were learned from whole: nothing of theirs
   * was held out.
   */
  public boolean ofUsersElsewhere() {
    return options.containsKey("driver_users");
  }

  /** This software's version, for the graphs. */
  String version() {
    return versions.getOrDefault("neural-rescore", "unknown");
  }

  /** As the manifest has it. */
  Map<String, Object> asMap() {
    Map<String, Object> all = new TreeMap<>(options);
    trained.ifPresent(made -> all.put(TrainedWith.KEY, made.asMap()));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("data_sha256", dataSha256);
    map.put("seed", seed);
    map.put("options", all);
    map.put("versions", versions);
    return map;
  }
}
