// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
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
  private static final double MOST_RATING = 10_000;
  private static final int MOST_RATINGS = 30;

  /** Of so few values a column says of what sort a line is, such as which event. */
  private static final int FEW = 4;

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
    return Column.empty(column, 0).isNamed(Words.QUANTITY);
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
          values.isEmpty() ? Column.empty(names.get(c), c) : Column.of(names.get(c), c, values));
    }
    return columns;
  }

  /**
   * The first line names columns where none of it is a number or a time, and it is unlike the lines
   * behind: none of it is a value there, and a column of them has numbers or times, or one of its
   * words is known. A name may be blank, as that of an index or behind a delimiter at the end.
   */
  static boolean hasHeader(Sample sample) {
    if (sample.named()) {
      return true;
    }
    List<String> first = sample.rows().get(0);
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

  /** Deals roles to columns: time and rating first, then ids among what is left. */
  private static final class Roles {
    private final String file;
    private final List<Column> left;
    private final List<String> names;
    private final List<String> doubts = new ArrayList<>();

    Roles(String file, List<Column> columns) {
      this.file = file;
      // What has no name cannot be named.
      this.left = new ArrayList<>(columns.stream().filter(c -> !c.name().isEmpty()).toList());
      this.names = columns.stream().map(Column::name).toList();
    }

    Inspection inspection(String delimiter, List<String> header) {
      Optional<Column> time = take(Roles::asTime);
      // Two columns have to stay for the ids.
      Optional<Column> rating = left.size() > 2 ? take(Roles::asRating) : Optional.empty();
      left.forEach(this::doubtNames);
      List<Column> ids = ids();
      Column user = ids.get(0);
      Column item = ids.get(1);
      if (user.distinct() == user.rows()) {
        doubts.add(
            "every user ["
                + user.name()
                + "] of the first lines has one interaction: is it the number of an order?");
      }
      return new Inspection(
          new InteractionFormat(
              delimiter,
              header,
              user.name(),
              item.name(),
              rating.map(Column::name),
              time.map(Column::name),
              List.of()),
          time.flatMap(Column::times),
          names,
          doubts);
    }

    private Optional<Column> take(ToDoubleFunction<Column> score) {
      Optional<Column> best =
          left.stream()
              .filter(column -> score.applyAsDouble(column) > 0)
              .max(Comparator.comparingDouble(score).thenComparing(c -> -c.place()));
      best.ifPresent(left::remove);
      return best;
    }

    /** User and item, dealt together: the pair that is best as a whole, the first of equals. */
    private List<Column> ids() {
      List<Column> possible = left.stream().filter(Roles::couldBeId).toList();
      List<Column> best = List.of();
      double most = Double.NEGATIVE_INFINITY;
      int equal = 0;
      for (Column user : possible) {
        for (Column item : possible) {
          double score = asUser(user) + asItem(item);
          if (user.place() == item.place() || score < most) {
            continue;
          }
          equal = score > most ? 1 : equal + 1;
          best = score > most ? List.of(user, item) : best;
          most = score;
        }
      }
      if (best.isEmpty()) {
        throw new UserError(
            UserError.Kind.INPUT,
            file
                + ": no two of the columns "
                + names
                + " look like user and item; name them with --user-column and --item-column");
      }
      if (equal > 1) {
        doubts.add(
            "user ["
                + best.get(0).name()
                + "] and item ["
                + best.get(1).name()
                + "] are told by their places alone; name --user-column and --item-column if they"
                + " are others");
        return best;
      }
      for (int role = 0; role < 2; role++) {
        String called = role == 0 ? "user" : "item";
        if (!best.get(role).isNamed(role == 0 ? Words.USER : Words.ITEM)) {
          doubts.add(
              "["
                  + best.get(role).name()
                  + "] is taken for the "
                  + called
                  + ", and its name does not say so; name --"
                  + called
                  + "-column if it is another");
        }
      }
      return best;
    }

    /**
     * A column that is named like a time or a rating and has no such values is not what it seems.
     */
    private void doubtNames(Column column) {
      boolean id = column.isNamed(Words.USER) || column.isNamed(Words.ITEM);
      if (!id && column.isNamed(Words.TIME) && column.times().isEmpty()) {
        doubts.add(
            "["
                + column.name()
                + "] is named like a time, and ["
                + column.odd()
                + "] is none that is understood, or not in the spelling of the others: write epoch"
                + " seconds or ISO-8601");
      }
      if (!id && column.isNamed(Words.RATING) && !column.numbers()) {
        doubts.add(
            "["
                + column.name()
                + "] is named like a rating, and not all of its values are numbers");
      }
    }

    private static double asTime(Column column) {
      if (column.times().isEmpty() || !column.isFull()) {
        return 0;
      }
      boolean number = column.numbers() && column.times().get() != TimeParser.Spelling.DIGITS;
      boolean named = column.isNamed(Words.TIME);
      // Of several the one that tells more moments apart.
      double finer = (double) column.distinct() / column.rows();
      return (number && !named ? 1 : 3) + (named ? 4 : 0) + finer - idPenalty(column);
    }

    private static double idPenalty(Column column) {
      return column.isNamed(Words.USER) || column.isNamed(Words.ITEM) ? 4 : 0;
    }

    private static double asRating(Column column) {
      boolean named = column.isNamed(Words.RATING);
      if (!column.numbers()
          || !column.isFull()
          || Math.max(Math.abs(column.low()), Math.abs(column.high())) > MOST_RATING
          || (!named && (column.isNamed(Words.NO_RATING) || column.isNamed(Words.ID)))
          || (!column.endsIn(Words.RATING)
              && (column.isNamed(Words.USER)
                  || column.isNamed(Words.ITEM)
                  || column.isNamed(Words.OTHER_ID)))) {
        return 0;
      }
      boolean few = column.distinct() > 1 && column.distinct() <= MOST_RATINGS;
      boolean small = column.low() >= -10 && column.high() <= 100;
      return (named ? 4 : 0) + (few && small ? 2 : 0);
    }

    private static boolean couldBeId(Column column) {
      boolean named = column.isNamed(Words.USER) || column.isNamed(Words.ITEM);
      return (named || column.distinct() > 1)
          && column.meanLength() <= 128
          && (named || !column.numbers() || column.whole());
    }

    private static double asUser(Column column) {
      return 5 * named(column, Words.USER)
          - 5 * named(column, Words.ITEM)
          - 4 * named(column, Words.OTHER_ID)
          - 3 * named(column, Words.NO_RATING) * (1 - named(column, Words.USER))
          + named(column, Words.ID)
          - 5 * measure(column)
          - (column.distinct() == column.rows() ? 2 : 0)
          - (column.distinct() < FEW ? 4 : 0)
          // As of an item: a space tells an id from a title, not who from what.
          - 2 * column.spaced();
    }

    private static double asItem(Column column) {
      return 5 * named(column, Words.ITEM)
          - 5 * named(column, Words.USER)
          - 4 * named(column, Words.OTHER_ID)
          + named(column, Words.ID)
          - 5 * measure(column)
          - (column.distinct() == column.rows() ? 1 : 0)
          - (column.distinct() < FEW ? 4 : 0)
          - 2 * column.spaced()
          - named(column, Words.TITLE)
          - named(column, Words.DESCRIPTION);
    }

    /** Of "book rating" the rating is what is told. */
    private static int measure(Column column) {
      return column.endsIn(Words.RATING) ? 1 : 0;
    }

    private static int named(Column column, Set<String> words) {
      return column.isNamed(words) ? 1 : 0;
    }
  }
}
