// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.table.DataFile;

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
    Column best = columns.get(0);
    double most = 0;
    for (Column column : columns) {
      double known = known(sample, column, items);
      boolean named = column.isNamed(Words.ITEM) && !best.isNamed(Words.ITEM);
      if (known > most || (known > 0 && known == most && named)) {
        most = known;
        best = column;
      }
    }
    if (most == 0) {
      throw new UserError(
          UserError.Kind.INPUT,
          file
              + ": no column of the catalogue has any of the interactions' items, such as ["
              + items.iterator().next()
              + "], in its first "
              + (sample.rows().size() - 1)
              + " rows; name --id-column where they come later, or give the catalogue of these"
              + " interactions, or name --item-column");
    }
    return best;
  }

  /**
   * How many items a column knows, less where its values repeat: categories numbered from 1 are
   * items by chance, and each of them stands in many rows.
   */
  private static double known(Sample sample, Column column, Set<String> items) {
    long known =
        sample.rows().stream()
            .skip(1)
            .map(row -> row.get(column.place()))
            .distinct()
            .filter(items::contains)
            .count();
    return (double) known * column.distinct() / column.rows();
  }

  /** The longest of those that fit. */
  private static Optional<Column> best(List<Column> columns, Predicate<Column> fits) {
    Stream<Column> fitting = columns.stream().filter(fits);
    return fitting.max(
        Comparator.comparingDouble(Column::meanLength).thenComparing(c -> -c.place()));
  }
}
