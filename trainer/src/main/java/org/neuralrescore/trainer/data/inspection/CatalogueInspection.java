// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Table;

/**
 * What a catalogue is made of: its ids are the column that tells most of the interactions' items
 * apart, its other columns are told by their texts and names.
 *
 * @param format how to read it
 * @param hasCategories whether there is a column of categories
 */
public record CatalogueInspection(CatalogueFormat format, boolean hasCategories) {
  /** From this mean length on a text describes. */
  private static final double LONG = 60;

  /**
   * Looks at a catalogue.
   *
   * @param items of the interactions
   * @param given the column of ids, where it is known
   * @param delimiter of text, where it is known
   * @throws UserError of kind INPUT where no column has any of the items, or none could be a title
   */
  public static CatalogueInspection of(
      Path file, Set<String> items, Optional<String> given, Optional<String> delimiter) {
    Sample sample = Sample.of(new DataFile(file), delimiter);
    List<String> names = sample.rows().get(0);
    List<Column> left = new ArrayList<>(Inspection.columns(sample, names, 1));
    Column id =
        left.stream()
            .filter(column -> given.filter(column.name()::equals).isPresent())
            .findFirst()
            .orElseGet(() -> id(file, sample, left, items));
    if (items.contains(id.name())) {
      throw new UserError(
          UserError.Kind.INPUT,
          file
              + ": begins with the item ["
              + id.name()
              + "] and not with the names of its columns; put a line of names before it");
    }
    left.remove(id);
    Optional<Column> description =
        best(left, c -> c.isNamed(Words.DESCRIPTION))
            .or(() -> best(left, c -> c.meanLength() >= LONG && c.spaced() > 0.5));
    description.ifPresent(left::remove);
    Optional<Column> categories = best(left, c -> c.isNamed(Words.CATEGORIES));
    categories.ifPresent(left::remove);
    Column title =
        best(left, c -> c.isCalled(Words.TITLE))
            .or(() -> best(left, c -> c.isNamed(Words.TITLE) && !c.isNamed(Words.OTHER_NAME)))
            .or(() -> best(left, c -> c.isNamed(Words.TITLE)))
            .or(() -> best(left, c -> !c.numbers() && c.times().isEmpty()))
            .orElseThrow(
                () ->
                    new UserError(
                        UserError.Kind.INPUT,
                        file
                            + ": none of the columns "
                            + names
                            + " looks like a title; name it with --title-column"));
    return new CatalogueInspection(
        new CatalogueFormat(
            file,
            Optional.of(sample.delimiter()),
            id.name(),
            title.name(),
            categories.map(Column::name).orElse(CatalogueFormat.GENRES),
            description.map(Column::name),
            Optional.empty()),
        categories.isPresent());
  }

  /** Whether the first line has the columns of {@link CatalogueFormat#movieLens}. */
  public static boolean hasMovieLensHeader(Path file) {
    CatalogueFormat format = CatalogueFormat.movieLens(file, Optional.empty());
    return Sample.firstLine(new DataFile(file), InteractionFormat.forEnding(file).delimiter())
        .containsAll(List.of(format.idColumn(), format.titleColumn()));
  }

  private static Column id(Path file, Sample sample, List<Column> columns, Set<String> items) {
    List<KnownItems> known = columns.stream().map(column -> new KnownItems()).toList();
    for (List<String> row : sample.rows().subList(1, sample.rows().size())) {
      columns.forEach(column -> known.get(column.place()).add(row.get(column.place()), items));
    }
    return best(columns, known)
        // The oldest goods come first, and the latest interactions are of others.
        .or(() -> best(columns, wholeFile(file, sample, columns, items)))
        .orElseThrow(
            () ->
                new UserError(
                    UserError.Kind.INPUT,
                    file
                        + ": no column of the catalogue has any of the interactions' items, such as ["
                        + items.iterator().next()
                        + "]; give the catalogue of these interactions, or name --id-column and"
                        + " --item-column"));
  }

  private static List<KnownItems> wholeFile(
      Path path, Sample sample, List<Column> columns, Set<String> items) {
    List<KnownItems> known = columns.stream().map(column -> new KnownItems()).toList();
    DataFile file = new DataFile(path);
    try (Table table = CatalogueReader.table(file, sample.delimiter())) {
      while (table.next()) {
        for (int c = 0; c < known.size(); c++) {
          known.get(c).add(table.cell(c), items);
        }
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    return known;
  }

  private static Optional<Column> best(List<Column> columns, List<KnownItems> known) {
    return columns.stream()
        .filter(column -> known.get(column.place()).rows > 0)
        .max(
            Comparator.comparingDouble((Column column) -> known.get(column.place()).score())
                .thenComparing(column -> column.isNamed(Words.ITEM))
                .thenComparing(column -> column.isNamed(Words.ID))
                .thenComparing(column -> -column.place()));
  }

  /** Items of the interactions that a column has. */
  private static final class KnownItems {
    private final Set<String> distinct = new HashSet<>();
    private long rows;

    void add(String cell, Set<String> items) {
      if (items.contains(cell)) {
        distinct.add(cell);
        rows++;
      }
    }

    /**
     * How many items it knows, less where they repeat: categories numbered from 1 are items by
     * chance, and each of them stands in many rows.
     */
    double score() {
      return (double) distinct.size() * distinct.size() / rows;
    }
  }

  /** The longest of those that fit. */
  private static Optional<Column> best(List<Column> columns, Predicate<Column> fits) {
    Stream<Column> fitting = columns.stream().filter(fits);
    return fitting.max(
        Comparator.comparingDouble(Column::meanLength).thenComparing(c -> -c.place()));
  }
}
