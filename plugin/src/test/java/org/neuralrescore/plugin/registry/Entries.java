// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.neuralrescore.plugin.bundle.SmallModel;

/** Registry entries for tests. */
public final class Entries {
  private Entries() {}

  public static ModelEntry of(
      String name, String generation, String hash, Map<String, String> files) {
    return new ModelEntry(
        new ModelId(name, generation),
        hash,
        new ModelEntry.Deployment(
            "items",
            "users",
            "factors_" + generation,
            8,
            Optional.empty(),
            Optional.empty(),
            Optional.of("factors"),
            true),
        new ModelEntry.Parity(8, 1e-7),
        Optional.of(new ModelEntry.Memory(4_096, 16, 84, 8, 40)),
        files,
        new FileParts(
            hash,
            new TreeMap<>(
                files.keySet().stream().collect(Collectors.toMap(file -> file, file -> 1)))));
  }

  /** The entry of a real bundle. */
  public static ModelEntry of(SmallModel model, Map<String, byte[]> files) {
    return of(
        model.name(),
        model.generation(),
        SmallModel.sha256(files.get("manifest.json")),
        SmallModel.hashes(files));
  }
}
