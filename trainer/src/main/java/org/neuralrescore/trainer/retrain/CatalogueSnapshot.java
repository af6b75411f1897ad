// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.neuralrescore.trainer.base.journal.WholeFile;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue as a run read it: titles name factors, and so decide the bundle's bytes. */
final class CatalogueSnapshot {
  private static final JsonMapper MAPPER = new JsonMapper();

  private CatalogueSnapshot() {}

  static void write(Path file, List<CatalogueItem> catalogue) {
    WholeFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(catalogue)));
  }

  static List<CatalogueItem> read(Path file) {
    try {
      return MAPPER.readValue(
          Files.readAllBytes(file), new TypeReference<List<CatalogueItem>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
