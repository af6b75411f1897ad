// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.TimeParser;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Table;

/**
 * What a file of interactions is made of, by the content of its first lines.
 *
 * @param format how to read it
 * @param times how times are spelled, where there are any
 * @param columns all names, in their order
 * @param doubts what a person should look at, a line each
 */
public record Inspection(
    InteractionFormat format,
    Optional<TimeParser.Spelling> times,
    List<String> columns,
    List<String> doubts) {
  private static final int MOST_JOINED = 200_000;

  public Inspection {
    columns = List.copyOf(columns);
    doubts = List.copyOf(doubts);
  }

  /** Looks at a file of which nothing is known. */
  public static Inspection of(DataFile file) {
    return of(file, Optional.empty(), List.of());
  }

  /**
   * Looks at a file.
   *
   * @param delimiter of text, where it is known
   * @param given the columns of text whose first line is data, in order; empty where that is not
   *     known
   * @throws UserError of kind INPUT where it is no table, or has no two columns that could be user
   *     and item
   */
  public static Inspection of(DataFile file, Optional<String> delimiter, List<String> given) {
    Sample sample = Sample.of(file, delimiter);
    boolean header = given.isEmpty() && hasHeader(sample);
    List<String> names =
        header
            ? sample.rows().get(0)
            : given.isEmpty()
                ? IntStream.rangeClosed(1, sample.width()).mapToObj(n -> "column" + n).toList()
                : given;
    if (names.size() != sample.width()) {
      throw new UserError(
          UserError.Kind.INPUT,
          file.name()
              + ": --header names "
              + names.size()
              + " columns, and the first line has "
              + sample.width()
              + " fields; name all of them");
    }
    List<String> named = names.stream().filter(name -> !name.isEmpty()).toList();
    if (new HashSet<>(named).size() != named.size()) {
      throw new UserError(
          UserError.Kind.INPUT,
          file.name()
              + ": two columns have one name in "
              + names
              + "; rename one, or name all with --header");
    }
    List<Column> columns = columns(sample, names, header ? 1 : 0);
    if (columns.get(0).rows() == 0) {
      throw new UserError(
          UserError.Kind.INPUT, file.name() + ": has a header and no line behind it");
    }
    return new Roles(file.name(), columns)
        .inspection(sample.delimiter(), header ? List.of() : names);
  }

  /**
   * Of several files the first that has a line behind its header: jobs write parts of which the
   * first is empty. The first of all where none has.
   */
  public static DataFile telling(List<DataFile> files) {
    return files.size() == 1
        ? files.get(0)
        : files.stream().filter(Sample::hasRow).findFirst().orElse(files.get(0));
  }

  /** Whether the first line says all that {@link InteractionFormat#movieLensCsv} wants to know. */
  public static boolean hasMovieLensHeader(DataFile file) {
    InteractionFormat format = InteractionFormat.movieLensCsv();
    List<String> wanted = new ArrayList<>(List.of(format.user(), format.item()));
    format.rating().ifPresent(wanted::add);
    format.time().ifPresent(wanted::add);
    return Sample.firstLine(file, InteractionFormat.forEnding(file.path()).delimiter())
        .containsAll(wanted);
  }

  /** Whether a column's name says that it tells how many of a thing, as {@code qty} does. */
  public static boolean isNamedLikeQuantity(String column) {
    Column named = Column.empty(column, 0);
    return named.isNamed(Words.QUANTITY) && named.isNamedRating();
  }

  /**
   * What parts the fields of a file whose columns are known: what its ending says where that cuts
   * these names out of the first line, else what its first lines say.
   */
  public static String delimiter(DataFile file, List<String> columns) {
    String byEnding = InteractionFormat.forEnding(file.path()).delimiter();
    return file.kind() != DataFile.Kind.TEXT
            || Sample.firstLine(file, byEnding).containsAll(columns)
        ? byEnding
        : Sample.of(file, Optional.empty()).delimiter();
  }

  /** Items of the first lines of a file, for what is to be joined with it; blank ones left out. */
  public static Set<String> items(DataFile file, InteractionFormat format) {
    Set<String> items = new HashSet<>();
    try (Table table = file.open(format.delimiter(), format.header())) {
      int column = table.columns().indexOf(format.item());
      for (int line = 0; column >= 0 && line < MOST_JOINED && table.next(); line++) {
        items.add(table.cell(column));
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    items.remove("");
    return items;
  }

  static List<Column> columns(Sample sample, List<String> names, int from) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      int place = c;
      List<String> values = sample.rows().stream().skip(from).map(row -> row.get(place)).toList();
      columns.add(
          values.isEmpty()
              ? Column.empty(names.get(c), c)
              : Column.of(names.get(c), c, values, !sample.delimiter().equals(",")));
    }
    return columns;
  }

  /**
   * The first line names columns where none of it is a number or a time, and it is unlike the lines
   * behind: none of it is a value there, and a column of them has numbers or times, or one of its
   * words is known. So do counted names, 0, 1, 2, unless all behind them is numbers, too. A name
   * may be blank, as that of an index or behind a delimiter at the end.
   */
  static boolean hasHeader(Sample sample) {
    if (sample.named()) {
      return true;
    }
    List<String> first = sample.rows().get(0);
    if (isCounted(first)) {
      return columns(sample, first, 1).stream().anyMatch(column -> !column.numbers());
    }
    for (String cell : first) {
      if (cell.matches("[+-]?[\\d.,:/-]+") || TimeParser.parse(cell).isPresent()) {
        return false;
      }
    }
    if (first.stream().filter(cell -> !cell.isEmpty()).count() < 2 || recurs(sample)) {
      return false;
    }
    List<Column> behind = columns(sample, first, 1);
    for (Column column : behind) {
      boolean unlike = column.rows() > 0 && (column.numbers() || column.times().isPresent());
      for (Set<String> words :
          List.of(Words.USER, Words.ITEM, Words.TIME, Words.RATING, Words.TITLE)) {
        unlike |= column.isNamed(words);
      }
      if (unlike) {
        return true;
      }
    }
    return false;
  }

  /** Whether columns are named 0, 1, 2, ..., as libraries do where nobody names them. */
  private static boolean isCounted(List<String> first) {
    return IntStream.range(0, first.size()).allMatch(c -> first.get(c).equals(Integer.toString(c)));
  }

  /**
   * Whether a cell of the first line is a value behind it; a header may be there twice as a whole.
   */
  private static boolean recurs(Sample sample) {
    List<String> first = sample.rows().get(0);
    List<List<String>> behind = sample.rows().subList(1, sample.rows().size());
    return !behind.contains(first)
        && behind.stream()
            .anyMatch(
                row ->
                    IntStream.range(0, first.size())
                        .anyMatch(c -> !first.get(c).isEmpty() && first.get(c).equals(row.get(c))));
  }
}
