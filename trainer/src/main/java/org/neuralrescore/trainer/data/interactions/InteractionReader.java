package org.neuralrescore.trainer.data.interactions;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.ContextColumn;

/** Reads a file of interactions. Whatever is wrong with it is a {@link UserError} of one line. */
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
   * Reads a file in UTF-8, through gzip where its name ends in {@code .gz}.
   *
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  public Interactions read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          UserError.Kind.INPUT,
          file
              + (Files.exists(file) ? ": is no regular file" : ": no such file")
              + "; give the path of a file of interactions");
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream plain = isGzip(file) ? new GZIPInputStream(raw, 1 << 16) : raw;
        Reader reader =
            new InputStreamReader(
                plain,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT))) {
      return read(reader, file.toString());
    } catch (MalformedInputException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": is not UTF-8; convert it, for instance with iconv", e);
    } catch (ZipException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": is no gzip file; rename or compress it", e);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static boolean isGzip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /**
   * Reads lines that are at hand.
   *
   * @param name what errors call the source
   */
  public Interactions read(Reader source, String name) throws IOException {
    try (CSVParser parser = csv().parse(ByteOrderMark.skip(source))) {
      return new Lines(name, parser).read();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private CSVFormat csv() {
    CSVFormat.Builder builder =
        CSVFormat.DEFAULT.builder().setDelimiter(format.delimiter()).setIgnoreEmptyLines(true);
    // Only comma-separated files quote; in tab-separated ones a quote is an inch.
    if (!format.delimiter().equals(",") && !format.delimiter().equals(";")) {
      builder.setQuote(null);
    }
    return builder.get();
  }

  /** One file being read: the columns' places, and what its lines become. */
  private final class Lines {
    private final String name;
    private final CSVParser parser;
    private final InteractionCollector collector =
        new InteractionCollector(rules, format.context());
    private List<String> header = format.header();
    private Optional<TimeParser.Spelling> spelling = Optional.empty();

    Lines(String name, CSVParser parser) {
      this.name = name;
      this.parser = parser;
    }

    Interactions read() {
      var records = parser.iterator();
      if (header.isEmpty()) {
        if (!records.hasNext()) {
          throw error("is empty; expected a header line and one interaction a line");
        }
        header = records.next().stream().map(String::trim).toList();
      }
      int user = column("user", format.user());
      int item = column("item", format.item());
      Optional<Integer> rating = format.rating().map(c -> column("rating", c));
      Optional<Integer> time = format.time().map(c -> column("time", c));
      int[] context = format.context().stream().mapToInt(c -> contextColumn(c, time)).toArray();
      while (records.hasNext()) {
        CSVRecord fields = records.next();
        if (fields.size() != header.size()) {
          throw wrongFields(fields.size());
        }
        String userId = documentId(fields, user);
        String itemId = documentId(fields, item);
        if (userId.isEmpty() || itemId.isEmpty()) {
          skipBlank(userId.isEmpty() ? user : item);
          continue;
        }
        float value = rating.isPresent() ? rating(fields, rating.get()) : 1f;
        if (value < rules.threshold()) {
          collector.skipBelowThreshold();
          continue;
        }
        long millis = time.isPresent() ? time(fields, time.get()) : 0L;
        collector.add(userId, itemId, value, millis, context(fields, context, millis));
      }
      return collector.finish(name, time.isPresent());
    }

    private UserError wrongFields(int fields) {
      return error(
          "line "
              + parser.getCurrentLineNumber()
              + " has "
              + fields
              + " fields, expected "
              + header.size()
              + " ("
              + String.join(", ", header)
              + (fields < header.size()
                  ? "); complete the line or give the right --delimiter"
                  : "); a decimal comma or a delimiter in a text? quote it, or give the right"
                      + " --delimiter or --header"));
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

    private List<String> context(CSVRecord fields, int[] columns, long millis) {
      List<String> values = new ArrayList<>(columns.length);
      for (int c = 0; c < columns.length; c++) {
        values.add(
            columns[c] == OF_TIME
                ? ContextOfTime.value(format.context().get(c), millis)
                : contextValue(fields, columns[c]));
      }
      return values;
    }

    private String contextValue(CSVRecord fields, int column) {
      String value = id(fields, column);
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

    private String id(CSVRecord fields, int column) {
      String id = fields.get(column).trim();
      for (int i = 0; i < id.length(); i++) {
        if (Character.isISOControl(id.charAt(i))) {
          throw error(column, id, "has a control character; remove it");
        }
      }
      return id;
    }

    /** An id, which becomes the {@code _id} of a document. */
    private String documentId(CSVRecord fields, int column) {
      String id = id(fields, column);
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
      collector.skipBlank();
    }

    private float rating(CSVRecord fields, int column) {
      String text = fields.get(column).trim();
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

    private long time(CSVRecord fields, int column) {
      String text = fields.get(column).trim();
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
          "line "
              + parser.getCurrentLineNumber()
              + " column ["
              + header.get(column)
              + "] value ["
              + value.replaceAll("\\p{Cntrl}", "?")
              + "] "
              + problem);
    }

    private UserError error(String problem) {
      return new UserError(
          UserError.Kind.INPUT, name + (problem.startsWith("line") ? " " : ": ") + problem);
    }
  }
}
