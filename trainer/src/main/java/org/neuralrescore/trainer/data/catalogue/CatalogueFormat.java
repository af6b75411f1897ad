// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a catalogue's columns are.
 *
 * @param file with a header, also {@code .gz}
 * @param delimiter what parts two fields; empty: a tab where the file's name ends in {@code .tsv}
 *     or {@code .tab}, else a comma
 * @param idColumn default of MovieLens: {@code movieId}
 * @param titleColumn default {@code title}
 * @param categoriesColumn values parted by {@code |}; a file without {@link #GENRES} has no
 *     categories, one without another column that is named here is refused
 * @param descriptionColumn of a longer text, if any
 * @param texts a JSON object of id to text, for descriptions that the file itself has not
 */
@RecordBuilder
public record CatalogueFormat(
    Path file,
    Optional<String> delimiter,
    String idColumn,
    String titleColumn,
    String categoriesColumn,
    Optional<String> descriptionColumn,
    Optional<Path> texts)
    implements CatalogueFormatBuilder.With {
  /** MovieLens's column of categories. */
  public static final String GENRES = "genres";

  /** The layout of MovieLens ml-latest. */
  public static CatalogueFormat movieLens(Path file, Optional<Path> texts) {
    return new CatalogueFormat(
        file, Optional.empty(), "movieId", "title", GENRES, Optional.empty(), texts);
  }
}
