// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DocumentIds;
import org.neuralrescore.trainer.data.table.Table;
import org.neuralrescore.trainer.model.ContextColumn;

/**
 * The lines of one table that count, one after the other: the rules of a single line, wherever
 * lines are read. What is left out is counted; what is wrong is a {@link UserError} of one line.
 */
public final class InteractionLines implements AutoCloseable {
  private final String name;
  private final Table table;
  private final InteractionFormat format;
  private final ReadingRules rules;
  private final InteractionColumns columns;

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
    this.columns = new InteractionColumns(name, table.columns(), format);
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
    return of(file.name(), file.open(format.delimiter(), format.header()), format, rules, spelling);
  }

  /**
   * The lines of a table that is open.
   *
   * @param name what errors call it
   * @param table this one's from now on
   * @param spelling of the times before it, where there were any
   * @throws UserError of kind INPUT where a column is missing
   */
  public static InteractionLines of(
      String name,
      Table table,
      InteractionFormat format,
      ReadingRules rules,
      Optional<TimeParser.Spelling> spelling)
      throws IOException {
    try {
      return new InteractionLines(name, table, format, rules, spelling);
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
      user = documentId(columns.user());
      item = documentId(columns.item());
      requireNoHeader();
      if (user.isEmpty() || item.isEmpty()) {
        skipBlank(user.isEmpty() ? columns.user() : columns.item());
        continue;
      }
      rating = columns.rating().isPresent() ? rating(columns.rating().getAsInt()) : 1f;
      // As near to the text as ratings are: 3.3 is not below 3.3.
      if (rating < (float) rules.threshold()) {
        belowThreshold++;
        continue;
      }
      time = columns.time().isPresent() ? time(columns.time().getAsInt()) : 0L;
      context = contextOf(time);
      return true;
    }
    return false;
  }

  /** Files put one behind the other would make a person and an item of the second's header. */
  private void requireNoHeader() {
    List<String> names = table.columns();
    if (user.equals(names.get(columns.user())) && item.equals(names.get(columns.item()))) {
      throw error(
          columns.user(),
          user,
          "is the column's name: a header in the midst of the lines; remove it");
    }
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

  private List<String> contextOf(long millis) {
    List<String> values = new ArrayList<>(columns.context().size());
    for (int c = 0; c < columns.context().size(); c++) {
      OptionalInt place = columns.context().get(c);
      values.add(
          place.isPresent()
              ? contextValue(place.getAsInt())
              : ContextOfTime.value(format.context().get(c), millis));
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
    if (table.several(column)) {
      throw error(
          column,
          DocumentIds.shortened(id),
          "is a list; write a line for each of its values, or name another column");
    }
    Optional<String> problem = DocumentIds.unwritable(id);
    if (problem.isPresent()) {
      throw error(column, DocumentIds.printed(id), problem.get());
    }
    return id;
  }

  /** An id, which becomes the {@code _id} of a document. */
  private String documentId(int column) {
    String id = id(column);
    Optional<String> problem = DocumentIds.problem(id);
    if (problem.isPresent()) {
      throw error(column, DocumentIds.shortened(id), problem.get() + "; shorten it");
    }
    return id;
  }

  private void skipBlank(int column) {
    if (rules.blankIds() == ReadingRules.BlankIds.REFUSE) {
      throw error(column, "", "is blank; fill it in, or leave such lines out by --skip-blank-ids");
    }
    blank++;
  }

  private float rating(int column) {
    String text = table.cell(column);
    String number =
        format.delimiter().equals(",") || text.indexOf('.') >= 0 ? text : text.replace(',', '.');
    if (InteractionColumns.isNumber(number)) {
      return Float.parseFloat(number);
    }
    throw error(
        column,
        text,
        "is no number between -1e12 and 1e12; correct the line or name another column");
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
    return InteractionColumns.error(
        name,
        table.place()
            + " column ["
            + table.columns().get(column)
            + "] value ["
            + value.replaceAll("\\p{Cntrl}", "?")
            + "] "
            + problem);
  }
}
