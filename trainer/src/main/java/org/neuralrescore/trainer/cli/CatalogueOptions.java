// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import picocli.CommandLine.Option;

/** Where the items' texts are. */
final class CatalogueOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder in MovieLens's layout: ratings.csv (or ratings.dat, u.data), and movies.csv and"
              + " abstracts.json where they are.")
  Path directory;

  @Option(
      names = "--items",
      paramLabel = "FILE",
      description = "The catalogue: CSV or TSV with a header; default: movies.csv under --data.")
  Path items;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description = "Of the catalogue; default movieId.")
  String idColumn;

  @Option(
      names = "--title-column",
      paramLabel = "NAME",
      description = "Of the catalogue; default title.")
  String titleColumn;

  @Option(
      names = "--categories-column",
      paramLabel = "NAME",
      description = "Of the catalogue, values parted by |; default genres.")
  String categoriesColumn;

  @Option(
      names = "--description-column",
      paramLabel = "NAME",
      description = "Of the catalogue, a longer text; default: none.")
  String descriptionColumn;

  @Option(
      names = "--items-delimiter",
      paramLabel = "TEXT",
      description = "What parts two fields of the catalogue; default by the file's ending.")
  String delimiter;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Descriptions: a JSON object of item id to text.")
  Path texts;

  /** The items' texts in file order; empty where no catalogue is named or found. */
  List<CatalogueItem> read() {
    Path file = items;
    if (file == null && directory != null && Files.exists(directory.resolve("movies.csv"))) {
      file = directory.resolve("movies.csv");
    }
    return file == null
        ? List.of()
        : CatalogueReader.read(
            new CatalogueFormat(
                file,
                Optional.ofNullable(delimiter).map(ColumnFlags::delimiter),
                idColumn == null ? "movieId" : idColumn,
                titleColumn == null ? "title" : titleColumn,
                categoriesColumn == null ? CatalogueFormat.GENRES : categoriesColumn,
                Optional.ofNullable(descriptionColumn),
                textsFile()));
  }

  private Optional<Path> textsFile() {
    if (texts != null || directory == null) {
      return Optional.ofNullable(texts);
    }
    Path folder = directory.toAbsolutePath().normalize();
    return Stream.of(
            folder.resolve("abstracts.json"),
            folder.resolveSibling("film-abstracts").resolve("abstracts.json"))
        .filter(Files::exists)
        .findFirst();
  }
}
