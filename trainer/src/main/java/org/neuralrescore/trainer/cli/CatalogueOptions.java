// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import org.neuralrescore.trainer.data.inspection.CatalogueInspection;
import org.neuralrescore.trainer.data.inspection.Inspection;
import org.neuralrescore.trainer.data.table.DataFile;
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
      description =
          "The catalogue: CSV or TSV with a header, JSON lines or Parquet; default: movies.csv under"
              + " --data.")
  Path items;

  @Option(
      names = "--id-column",
      paramLabel = "NAME",
      description = "Of the catalogue. Default: found by content.")
  String idColumn;

  @Option(
      names = "--title-column",
      paramLabel = "NAME",
      description = "Of the catalogue. Default: found by content.")
  String titleColumn;

  @Option(
      names = "--categories-column",
      paramLabel = "NAME",
      description =
          "Of the catalogue, values parted by |. Default: genres, or found with the columns above.")
  String categoriesColumn;

  @Option(
      names = "--description-column",
      paramLabel = "NAME",
      description =
          "Of the catalogue, a longer text. Default: none, or found with the columns above.")
  String descriptionColumn;

  @Option(
      names = "--items-delimiter",
      paramLabel = "TEXT",
      description = "What parts two fields of the catalogue. Default: found by content.")
  String delimiter;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Descriptions: a JSON object of item id to text.")
  Path texts;

  private Map<String, String> columns = new LinkedHashMap<>();

  /**
   * The items' texts in file order; empty where no catalogue is named or found.
   *
   * @param known asked for items that the catalogue may have, where flags do not name its columns;
   *     none where nobody knows
   */
  List<CatalogueItem> read(Supplier<Set<String>> known) {
    return format(known).map(CatalogueReader::read).orElse(List.of());
  }

  /** The same, checked and left in its file. */
  Catalogue open(Supplier<Set<String>> known) {
    return format(known).map(CatalogueReader::open).orElse(Catalogue.of(List.of()));
  }

  private Optional<CatalogueFormat> format(Supplier<Set<String>> known) {
    Path file = items;
    if (file == null && directory != null && Files.exists(directory.resolve("movies.csv"))) {
      file = directory.resolve("movies.csv");
    }
    if (file == null) {
      return Optional.empty();
    }
    if (items != null && asksForContent() && !CatalogueInspection.hasMovieLensHeader(items)) {
      Set<String> some = known.get();
      if (!some.isEmpty()) {
        return Optional.of(byContent(some));
      }
    }
    CatalogueFormat named = CatalogueFormat.movieLens(file, textsFile());
    DataFile source = new DataFile(file);
    if (delimiter == null && !asksForContent() && source.kind() == DataFile.Kind.TEXT) {
      String found = Inspection.delimiter(source, List.of(idColumn, titleColumn));
      named = named.with().delimiter(Optional.of(found)).build();
    }
    return Optional.of(as(named));
  }

  /** The named file as flags say and, where they leave something open, as it looks. */
  CatalogueFormat byContent(Set<String> known) {
    Optional<String> id = Optional.ofNullable(idColumn);
    Optional<String> parted = Optional.ofNullable(delimiter).map(ColumnFlags::delimiter);
    CatalogueInspection inspection = CatalogueInspection.of(items, known, id, parted);
    CatalogueFormat format = as(inspection.format().withTexts(textsFile()));
    boolean categories = inspection.hasCategories() || categoriesColumn != null;
    columns = new LinkedHashMap<>();
    columns.put("id", format.idColumn());
    columns.put("title", format.titleColumn());
    columns.put("categories", categories ? format.categoriesColumn() : "none");
    columns.put("description", format.descriptionColumn().orElse("none"));
    return format;
  }

  /** The catalogue's columns by their role, once they were found by content; else empty. */
  Map<String, String> columns() {
    return Collections.unmodifiableMap(columns);
  }

  /** The same in words. */
  List<String> found() {
    return columns.isEmpty()
        ? List.of()
        : List.of(
            items
                + ": by its content "
                + columns.entrySet().stream()
                    .map(column -> "the " + column.getKey() + " is [" + column.getValue() + "]")
                    .collect(Collectors.joining(", ")));
  }

  private boolean asksForContent() {
    return idColumn == null || titleColumn == null;
  }

  /** What flags say, and this where they do not. */
  private CatalogueFormat as(CatalogueFormat found) {
    return new CatalogueFormat(
        found.file(),
        delimiter == null ? found.delimiter() : Optional.of(ColumnFlags.delimiter(delimiter)),
        idColumn == null ? found.idColumn() : idColumn,
        titleColumn == null ? found.titleColumn() : titleColumn,
        categoriesColumn == null ? found.categoriesColumn() : categoriesColumn,
        Optional.ofNullable(descriptionColumn).or(found::descriptionColumn),
        found.texts());
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
