package org.neuralrescore.trainer.catalogue;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a catalogue's columns are.
 *
 * @param file CSV (or TSV by its ending) with a header
 * @param idColumn default of MovieLens: {@code movieId}
 * @param titleColumn default {@code title}
 * @param categoriesColumn default {@code genres}, values parted by {@code |}; a file without it has
 *     no categories
 * @param texts a JSON object of id to text, for descriptions
 */
public record CatalogueFormat(
    Path file, String idColumn, String titleColumn, String categoriesColumn, Optional<Path> texts) {
  /** The layout of MovieLens ml-latest. */
  public static CatalogueFormat movieLens(Path file, Optional<Path> texts) {
    return new CatalogueFormat(file, "movieId", "title", "genres", texts);
  }
}
