// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.ContextColumn;

/** Where in a table's header the columns stand that a format names. */
final class InteractionColumns {
  private static final float MOST = 1e12f;

  private final String name;
  private final List<String> header;
  private final InteractionFormat format;
  private final int user;
  private final int item;
  private final OptionalInt rating;
  private final OptionalInt time;
  private final List<OptionalInt> context;

  /**
   * Finds them.
   *
   * @param name what errors call the table
   * @throws UserError of kind INPUT where one is missing or stands twice
   */
  InteractionColumns(String name, List<String> header, InteractionFormat format) {
    this.name = name;
    this.header = header;
    this.format = format;
    user = column("user", format.user());
    item = column("item", format.item());
    rating = place("rating", format.rating());
    time = place("time", format.time());
    context = format.context().stream().map(this::contextColumn).toList();
  }

  int user() {
    return user;
  }

  int item() {
    return item;
  }

  OptionalInt rating() {
    return rating;
  }

  OptionalInt time() {
    return time;
  }

  /** By column of the format; empty for one that is made of the time. */
  List<OptionalInt> context() {
    return context;
  }

  private OptionalInt place(String role, Optional<String> column) {
    return column.isPresent() ? OptionalInt.of(column(role, column.get())) : OptionalInt.empty();
  }

  private int column(String role, String column) {
    int index = header.indexOf(column);
    if (index < 0) {
      throw error(
          "has no "
              + role
              + " column ["
              + column
              + "]; "
              + (format.header().isEmpty() && looksLikeData()
                  ? "its first line, "
                      + String.join(", ", header)
                      + ", looks like data: name the columns with --header, for instance --header"
                      + " user,item,rating,time"
                  : "the columns are "
                      + String.join(", ", header)
                      + ": name one of them with --"
                      + role
                      + "-column or give the right --delimiter"));
    }
    if (header.lastIndexOf(column) != index) {
      throw error("has two columns named [" + column + "]; rename one, or name all with --header");
    }
    return index;
  }

  /** No header has a number or a time for a name. */
  private boolean looksLikeData() {
    return header.stream().anyMatch(name -> TimeParser.parse(name).isPresent() || isNumber(name));
  }

  private OptionalInt contextColumn(String column) {
    if (column.isEmpty() || column.length() > ContextColumn.MAX_COLUMN) {
      throw error(
          "context columns expect names of 1 to "
              + ContextColumn.MAX_COLUMN
              + " characters, got "
              + column.length());
    }
    if (header.contains(column) || !ContextOfTime.is(column)) {
      return OptionalInt.of(column("context", column));
    }
    if (time.isEmpty()) {
      throw error(
          "has no context column ["
              + column
              + "] and no time column to make it of; name a time column or leave it out");
    }
    return OptionalInt.empty();
  }

  /** Whether a text is a number of a size that a rating may have. */
  static boolean isNumber(String text) {
    try {
      // What is beyond it is a mistake, and its square would be beyond float.
      return Math.abs(Float.parseFloat(text)) <= MOST;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private UserError error(String problem) {
    return error(name, problem);
  }

  /**
   * What is wrong with a table.
   *
   * @param problem begins with the line where there is one
   */
  static UserError error(String name, String problem) {
    return new UserError(
        UserError.Kind.INPUT, name + (problem.matches("(line|row) \\d.*") ? " " : ": ") + problem);
  }
}
