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
 * What a catalogue is made of: its ids are the column that has most of the interactions' items, its
 * other columns are told by their texts and names.
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
   * @throws UserError of kind INPUT where no column has any of the items, or none could be a title
   */
  public static CatalogueInspection of(Path file, Set<String> items, Optional<String> given) {
    Sample sample = Sample.of(new DataFile(file));
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
        best(left, c -> c.isNamed(Words.TITLE))
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
    long most = 0;
    for (Column column : columns) {
      long known =
          sample.rows().stream()
              .skip(1)
              .filter(row -> items.contains(row.get(column.place())))
              .count();
      if (known > most) {
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
              + "]; give the catalogue of these interactions, or name --id-column and"
              + " --item-column");
    }
    return best;
  }

  /** The longest of those that fit. */
  private static Optional<Column> best(List<Column> columns, Predicate<Column> fits) {
    Stream<Column> fitting = columns.stream().filter(fits);
    return fitting.max(
        Comparator.comparingDouble(Column::meanLength).thenComparing(c -> -c.place()));
  }
}
