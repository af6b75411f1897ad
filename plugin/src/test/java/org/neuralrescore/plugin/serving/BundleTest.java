// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ManifestTable;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.registry.BundleJson;

class BundleTest {
  private static Map<String, byte[]> golden() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> folder = Files.list(ManifestTable.golden())) {
      for (Path file : folder.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** What a PUT does first, with the parser that a node has. */
  @Test
  void of_everyRowOfTheTableOfManifests_isWhatThePageSays() throws IOException {
    Map<String, byte[]> files = golden();
    for (ManifestTable.Row row : ManifestTable.rows()) {
      files.put(ModelManifest.FILE, row.bytes());
      if (row.refusal().isPresent()) {
        String message =
            assertThrows(
                    InvalidBundleException.class,
                    () -> Bundle.of(files, new BundleJson()),
                    row.change())
                .getMessage();
        assertEquals(row.refusal().get(), message, row.change());
      } else {
        // Whatever files such a manifest wants: the manifest itself is read.
        assertEquals(
            List.of(),
            refusals(files).stream().filter(m -> m.startsWith("manifest.json")).toList(),
            row.change());
      }
    }
  }

  private static List<String> refusals(Map<String, byte[]> files) {
    try {
      Bundle.of(files, new BundleJson());
      return List.of();
    } catch (InvalidBundleException e) {
      return List.of(e.getMessage());
    }
  }
}
