// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Table;
import org.neuralrescore.trainer.model.ContextColumn;

/**
 * The lines of one table that count, one after the other: the rules of a single line, wherever
 * lines are read. What is left out is counted; what is wrong is a {@link UserError} of one line.
 */
public final class InteractionLines implements AutoCloseable {
  /** Stands for the place of a context column that is made of the time. */
  private static final int OF_TIME = -1;

  private static final float MOST = 1e12f;

  /** Of an Elasticsearch {@code _id}. */
  private static final int MOST_BYTES = 512;

  private final String name;
  private final Table table;
  private final InteractionFormat format;
  private final ReadingRules rules;
  private final List<String> header;
  private final int userColumn;
  private final int itemColumn;
  private final OptionalInt ratingColumn;
  private final OptionalInt timeColumn;
  private final int[] contextColumns;

  private Optional<TimeParser.Spelling> spelling;
  private long belowThreshold;
  private long blank;
  private String user = "";
  private String item = "";
  private float rating;
  private long time;
  private List<String> context = List.of();

  /**
   * Finds the columns.
   *
   * @param name what errors call the table
   * @param table this one's from now on
   * @param spelling of the times before it, where there were any
   * @throws UserError of kind INPUT where a column is missing
   */
  InteractionLines(
      String name,
      Table table,
      InteractionFormat format,
      ReadingRules rules,
      Optional<TimeParser.Spelling> spelling) {
    this.name = name;
    this.table = table;
    this.format = format;
    this.rules = rules;
    this.spelling = spelling;
    this.header = table.columns();
    this.userColumn = column("user", format.user());
    this.itemColumn = column("item", format.item());
    this.ratingColumn = place("rating", format.rating());
    this.timeColumn = place("time", format.time());
    this.contextColumns =
        format.context().stream().mapToInt(c -> contextColumn(c, timeColumn)).toArray();
  }

  /**
   * The lines of a file.
   *
   * @param spelling of the times before it, where there were any
   * @throws UserError of kind INPUT where it is no table, or a column is missing
   */
  public static InteractionLines of(
      DataFile file,
      InteractionFormat format,
      ReadingRules rules,
      Optional<TimeParser.Spelling> spelling)
      throws IOException {
    Table table = file.open(format.delimiter(), format.header());
    try {
      return new InteractionLines(file.name(), table, format, rules, spelling);
    } catch (UserError e) {
      table.close();
      throw e;
    }
  }

  /**
   * Goes to the next line that counts, the first time to the first.
   *
   * @return false behind the last
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  public boolean next() throws IOException {
    while (table.next()) {
      user = documentId(userColumn);
      item = documentId(itemColumn);
      if (user.isEmpty() || item.isEmpty()) {
        skipBlank(user.isEmpty() ? userColumn : itemColumn);
        continue;
      }
      rating = ratingColumn.isPresent() ? rating(ratingColumn.getAsInt()) : 1f;
      if (rating < rules.threshold()) {
        belowThreshold++;
        continue;
      }
      time = timeColumn.isPresent() ? time(timeColumn.getAsInt()) : 0L;
      context = contextOf(time);
      return true;
    }
    return false;
  }

  /** The present line's user, not blank. */
  public String user() {
    return user;
  }

  /** The present line's item, not blank. */
  public String item() {
    return item;
  }

  /** The present line's rating, 1 where there is no such column. */
  public float rating() {
    return rating;
  }

  /** The present line's time in epoch milliseconds, 0 where there is no such column. */
  public long time() {
    return time;
  }

  /** The present line's context, a value a column. */
  public List<String> context() {
    return context;
  }

  /** Lines so far that were left out for their rating. */
  public long belowThreshold() {
    return belowThreshold;
  }

  /** Lines so far that were left out for want of a user or an item. */
  public long blank() {
    return blank;
  }

  /** How times are spelled, once one was read. */
  public Optional<TimeParser.Spelling> spelling() {
    return spelling;
  }

  @Override
  public void close() throws IOException {
    table.close();
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

  /** A column's place, or {@link #OF_TIME}. */
  private int contextColumn(String column, OptionalInt time) {
    if (column.isEmpty() || column.length() > ContextColumn.MAX_COLUMN) {
      throw error(
          "context columns expect names of 1 to "
              + ContextColumn.MAX_COLUMN
              + " characters, got "
              + column.length());
    }
    if (header.contains(column) || !ContextOfTime.is(column)) {
      return column("context", column);
    }
    if (time.isEmpty()) {
      throw error(
          "has no context column ["
              + column
              + "] and no time column to make it of; name a time column or leave it out");
    }
    return OF_TIME;
  }

  private List<String> contextOf(long millis) {
    List<String> values = new ArrayList<>(contextColumns.length);
    for (int c = 0; c < contextColumns.length; c++) {
      values.add(
          contextColumns[c] == OF_TIME
              ? ContextOfTime.value(format.context().get(c), millis)
              : contextValue(contextColumns[c]));
    }
    return values;
  }

  private String contextValue(int column) {
    String value = id(column);
    if (value.length() > ContextColumn.MAX_VALUE) {
      throw error(
          column,
          value.substring(0, 40) + "...",
          "has more than " + ContextColumn.MAX_VALUE + " characters; name another context column");
    }
    return value;
  }

  private String id(int column) {
    String id = table.cell(column);
    for (int i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        throw error(column, id, "has a control character; remove it");
      }
    }
    return id;
  }

  /** An id, which becomes the {@code _id} of a document. */
  private String documentId(int column) {
    String id = id(column);
    if (id.length() > MOST_BYTES / 3) {
      int bytes = id.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        throw error(
            column,
            id.substring(0, 40) + "...",
            "has "
                + bytes
                + " bytes, and Elasticsearch takes ids of at most "
                + MOST_BYTES
                + "; shorten it");
      }
    }
    return id;
  }

  private void skipBlank(int column) {
    if (rules.blankIds() == ReadingRules.BlankIds.REFUSE) {
      throw error(column, "", "is blank; fill it in or skip blank ids");
    }
    blank++;
  }

  private float rating(int column) {
    String text = table.cell(column);
    String number =
        format.delimiter().equals(",") || text.indexOf('.') >= 0 ? text : text.replace(',', '.');
    if (isNumber(number)) {
      return Float.parseFloat(number);
    }
    throw error(
        column,
        text,
        "is no number between -1e12 and 1e12; correct the line or name another column");
  }

  private static boolean isNumber(String text) {
    try {
      // What is beyond it is a mistake, and its square would be beyond float.
      return Math.abs(Float.parseFloat(text)) <= MOST;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private long time(int column) {
    String text = table.cell(column);
    Optional<TimeParser.Time> time = TimeParser.parse(text);
    if (time.isEmpty()) {
      throw error(
          column,
          text,
          "is no time before the year 2200; write epoch seconds, epoch milliseconds or ISO-8601");
    }
    // Nought is the same moment in every unit.
    if (time.get().millis() != 0) {
      if (spelling.isEmpty()) {
        spelling = Optional.of(time.get().spelling());
      } else if (spelling.get() != time.get().spelling()) {
        throw error(
            column,
            text,
            "is in "
                + time.get().spelling().label()
                + ", and the lines before are in "
                + spelling.get().label()
                + "; write all in one unit");
      }
    }
    return time.get().millis();
  }

  private UserError error(int column, String value, String problem) {
    return error(
        table.place()
            + " column ["
            + header.get(column)
            + "] value ["
            + value.replaceAll("\\p{Cntrl}", "?")
            + "] "
            + problem);
  }

  private UserError error(String problem) {
    return new UserError(
        UserError.Kind.INPUT, name + (problem.matches("(line|row) \\d.*") ? " " : ": ") + problem);
  }
}
