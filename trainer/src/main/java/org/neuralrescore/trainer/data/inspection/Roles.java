// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.TimeParser;

/** Deals roles to columns: time and rating first, then ids among what is left. */
final class Roles {
  /** Of a column that is not named like one; counts of plays know no such bound. */
  private static final double MOST_RATING = 10_000;

  private static final double MOST_NUMBER = 1e12;
  private static final int MOST_RATINGS = 30;

  /** Of so few values a column says of what sort a line is, such as which event. */
  private static final int FEW = 4;

  /** Of a column's values; the others are slips. */
  private static final double NEARLY_ALL = 0.9;

  /** Days, months and years in any order; the month may be a word. */
  private static final Pattern DATE =
      Pattern.compile("\\d{1,4}[/. -](\\d{1,2}|\\p{L}{3,})[/. -]\\d{2,4}([ T].*)?");

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
    if (time.isEmpty()) {
      left.forEach(this::doubtTimes);
    }
    List<Column> ids = ids();
    Column user = ids.get(0);
    Column item = ids.get(1);
    rating.filter(Column::thousands).ifPresent(this::doubtThousands);
    ids.forEach(this::doubtFractions);
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

  /** A column that is named like a time or a rating and has no such values is not what it seems. */
  private void doubtNames(Column column) {
    boolean id = column.isNamed(Words.USER) || column.isNamed(Words.ITEM);
    boolean noTimes = !id && column.isNamed(Words.TIME) && column.times().isEmpty();
    if (noTimes && column.timed() >= NEARLY_ALL) {
      doubts.add(slip(column));
    } else if (noTimes) {
      doubts.add(
          "["
              + column.name()
              + "] is named like a time, and ["
              + column.odd()
              + "] is none that is understood, or not in the spelling of the others: write epoch"
              + " seconds, ISO-8601 or dd.mm.yyyy hh:mm");
    }
    if (column.opinion()) {
      doubts.add(
          "["
              + column.name()
              + "] says yes or no and is not read, so that all its lines count: keep those that say"
              + " yes, or write 1 and -1 and name it with --rating-column");
    } else if (!id && column.isNamedRating() && !column.numbers()) {
      doubts.add(
          "[" + column.name() + "] is named like a rating, and not all of its values are numbers");
    }
  }

  /** Whole numbers that another program took for amounts are other ids than the application's. */
  private void doubtFractions(Column id) {
    if (id.numbers() && !id.whole()) {
      doubts.add(
          "the ids ["
              + id.name()
              + "] are numbers and not all of them whole, as 12.0 and 1.2E+07 are: another program"
              + " took them for amounts, and they are other ids so; export them as text");
    }
  }

  /** A column of times with a slip in it is told, or its order would be lost in silence. */
  private void doubtTimes(Column column) {
    boolean named =
        column.isNamed(Words.USER) || column.isNamed(Words.ITEM) || column.isNamed(Words.TIME);
    if (!named && column.times().isEmpty() && column.timed() >= NEARLY_ALL) {
      doubts.add(slip(column));
    } else if (!named && column.timed() == 0 && DATE.matcher(column.odd()).matches()) {
      doubts.add(
          "["
              + column.name()
              + "] looks like a time, and ["
              + column.odd()
              + "] is none that is understood: write epoch seconds, ISO-8601 or dd.mm.yyyy hh:mm,"
              + " or the order of the lines stands for it");
    }
  }

  /** Only numbers with decimal commas come here: a comma is read as nothing else. */
  private void doubtThousands(Column rating) {
    doubts.add(
        "["
            + rating.name()
            + "] has three digits behind every comma, and 1,234 is read as 1.234: write 1234 if it"
            + " is thousands");
  }

  private static String slip(Column column) {
    return "["
        + column.name()
        + "] holds times but for such as ["
        + column.odd()
        + "], from 1990 to 2060 and in one spelling, and is not taken for the time; mend those"
        + " lines, or name it with --time-column";
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
    boolean named = column.isNamedRating();
    if (!column.numbers()
        || !column.isFull()
        || Math.max(Math.abs(column.low()), Math.abs(column.high()))
            > (named ? MOST_NUMBER : MOST_RATING)
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
