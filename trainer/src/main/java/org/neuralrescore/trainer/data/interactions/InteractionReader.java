package org.neuralrescore.trainer.data.interactions;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.ByteOrderMark;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.data.table.Table;
import org.neuralrescore.trainer.data.table.TextTable;
import org.neuralrescore.trainer.model.ContextColumn;

/** Reads files of interactions. Whatever is wrong with it is a {@link UserError} of one line. */
public final class InteractionReader {
  /** Stands for the place of a context column that is made of the time. */
  private static final int OF_TIME = -1;

  private static final float MOST = 1e12f;

  /** Of an Elasticsearch {@code _id}. */
  private static final int MOST_BYTES = 512;

  private final InteractionFormat format;
  private final ReadingRules rules;

  /** Reads files of one format under one set of rules. */
  public InteractionReader(InteractionFormat format, ReadingRules rules) {
    this.format = format;
    this.rules = rules;
  }

  /**
   * Reads one file.
   *
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  public Interactions read(Path file) {
    return read(List.of(new DataFile(file)));
  }

  /**
   * Reads files one after the other as if they were one; each has its own header, where there is
   * one.
   *
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  public Interactions read(List<DataFile> files) {
    Gathering all = new Gathering();
    for (DataFile file : files) {
      try (Table table = file.open(format.delimiter(), format.header())) {
        new Lines(file.name(), table, all).read();
      } catch (IOException e) {
        throw file.unreadable(e);
      }
    }
    return all.collector.finish(DataFiles.name(files), format.time().isPresent());
  }

  /**
   * Reads lines that are at hand.
   *
   * @param name what errors call the source
   */
  public Interactions read(Reader source, String name) throws IOException {
    Gathering all = new Gathering();
    try (Table table =
        TextTable.of(ByteOrderMark.skip(source), name, format.delimiter(), format.header())) {
      new Lines(name, table, all).read();
    }
    return all.collector.finish(name, format.time().isPresent());
  }

  /** What goes on from file to file. */
  private final class Gathering {
    private final InteractionCollector collector =
        new InteractionCollector(rules, format.context());
    private Optional<TimeParser.Spelling> spelling = Optional.empty();
  }

  /** One file being read: the columns' places, and what its lines become. */
  private final class Lines {
    private final String name;
    private final Table table;
    private final Gathering all;
    private final List<String> header;

    Lines(String name, Table table, Gathering all) {
      this.name = name;
      this.table = table;
      this.all = all;
      this.header = table.columns();
    }

    void read() throws IOException {
      int user = column("user", format.user());
      int item = column("item", format.item());
      Optional<Integer> rating = format.rating().map(c -> column("rating", c));
      Optional<Integer> time = format.time().map(c -> column("time", c));
      int[] context = format.context().stream().mapToInt(c -> contextColumn(c, time)).toArray();
      while (table.next()) {
        String userId = documentId(user);
        String itemId = documentId(item);
        if (userId.isEmpty() || itemId.isEmpty()) {
          skipBlank(userId.isEmpty() ? user : item);
          continue;
        }
        float value = rating.isPresent() ? rating(rating.get()) : 1f;
        if (value < rules.threshold()) {
          all.collector.skipBelowThreshold();
          continue;
        }
        long millis = time.isPresent() ? time(time.get()) : 0L;
        all.collector.add(userId, itemId, value, millis, context(context, millis));
      }
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
        throw error(
            "has two columns named [" + column + "]; rename one, or name all with --header");
      }
      return index;
    }

    /** No header has a number or a time for a name. */
    private boolean looksLikeData() {
      return header.stream().anyMatch(name -> TimeParser.parse(name).isPresent() || isNumber(name));
    }

    /** A column's place, or {@link #OF_TIME}. */
    private int contextColumn(String column, Optional<Integer> time) {
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

    private List<String> context(int[] columns, long millis) {
      List<String> values = new ArrayList<>(columns.length);
      for (int c = 0; c < columns.length; c++) {
        values.add(
            columns[c] == OF_TIME
                ? ContextOfTime.value(format.context().get(c), millis)
                : contextValue(columns[c]));
      }
      return values;
    }

    private String contextValue(int column) {
      String value = id(column);
      if (value.length() > ContextColumn.MAX_VALUE) {
        throw error(
            column,
            value.substring(0, 40) + "...",
            "has more than "
                + ContextColumn.MAX_VALUE
                + " characters; name another context column");
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
      all.collector.skipBlank();
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
        if (all.spelling.isEmpty()) {
          all.spelling = Optional.of(time.get().spelling());
        } else if (all.spelling.get() != time.get().spelling()) {
          throw error(
              column,
              text,
              "is in "
                  + time.get().spelling().label()
                  + ", and the lines before are in "
                  + all.spelling.get().label()
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
          UserError.Kind.INPUT,
          name + (problem.matches("(line|row) \\d.*") ? " " : ": ") + problem);
    }
  }
}
