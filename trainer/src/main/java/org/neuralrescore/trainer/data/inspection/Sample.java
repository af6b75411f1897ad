// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Table;
import org.neuralrescore.trainer.data.table.TextTable;

/**
 * The first lines of a file, cut into fields.
 *
 * @param delimiter what parts the fields of text
 * @param named whether the first row names the columns for sure
 * @param rows equally long, none empty; the first may be a header
 */
record Sample(String delimiter, boolean named, List<List<String>> rows) {
  private static final int MOST_LINES = 20_000;
  private static final int MOST_ROWS = 2_000;
  private static final long MOST_CHARACTERS = 16_000_000;
  private static final double NEARLY_ALL = 0.75;

  /** A header and two rows of texts. */
  private static final int FEWEST_ROWS = 3;

  /** In the order of preference: what a text holds least comes first. */
  private static final List<String> DELIMITERS = List.of("\t", "::", "|", ";", ",");

  Sample {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** How many columns. */
  int width() {
    return rows.get(0).size();
  }

  /** As below, by the delimiter that fits best. */
  static Sample of(DataFile file) {
    return of(file, Optional.empty());
  }

  /**
   * Reads the first lines.
   *
   * @param delimiter of text, where it is known
   * @throws UserError of kind INPUT where it is no text, or its lines have no fields in common
   */
  static Sample of(DataFile file, Optional<String> delimiter) {
    return file.kind() == DataFile.Kind.TEXT
        ? ofText(file, delimiter.map(List::of).orElse(DELIMITERS))
        : ofTable(file);
  }

  private static Sample ofTable(DataFile file) {
    List<List<String>> rows = new ArrayList<>();
    try (Table table = file.open(",", List.of())) {
      rows.add(table.columns());
      while (rows.size() <= MOST_ROWS && table.next()) {
        rows.add(IntStream.range(0, table.columns().size()).mapToObj(table::cell).toList());
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    return new Sample(",", true, rows);
  }

  private static Sample ofText(DataFile file, List<String> delimiters) {
    Start start = start(file, MOST_LINES, line -> !line.isBlank());
    List<String> lines = start.lines();
    if (lines.isEmpty()) {
      throw new UserError(UserError.Kind.INPUT, file.name() + ": is empty; expected a row a line");
    }
    Sample best = null;
    for (String delimiter : delimiters) {
      List<List<String>> rows = cut(lines, delimiter, start.more());
      int width = rows.isEmpty() ? 0 : rows.get(0).size();
      List<List<String>> even = rows.stream().filter(row -> row.size() == width).toList();
      // Whoever reads the whole file tells of the lines that differ.
      boolean fits = width > 1 && even.size() >= NEARLY_ALL * rows.size();
      if (fits && (best == null || width > best.width())) {
        best = new Sample(delimiter, false, even);
      }
    }
    if (best == null) {
      throw new UserError(UserError.Kind.INPUT, file.name() + uneven(file, delimiters));
    }
    return best;
  }

  /** Whether there is more than one line, or a row of a table that names its columns. */
  static boolean hasRow(DataFile file) {
    if (file.kind() == DataFile.Kind.TEXT) {
      return lines(file, 2).size() > 1;
    }
    try (Table table = file.open(",", List.of())) {
      return table.next();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Why no delimiter parts the lines alike, with the first line that is cut otherwise. */
  private static String uneven(DataFile file, List<String> delimiters) {
    List<String> lines = lines(file, MOST_LINES, line -> true);
    int first = 0;
    while (lines.get(first).isBlank()) {
      first++;
    }
    String shown = "[" + shortened(lines.get(first)) + "]";
    String delimiter = delimiters.get(0);
    int width = 0;
    for (String one : delimiters) {
      int fields = width(lines.get(first), one);
      delimiter = fields > width ? one : delimiter;
      width = Math.max(fields, width);
    }
    if (width < 2) {
      return (delimiters.size() == 1
              ? ": the delimiter [" + delimiter + "] parts nothing"
              : ": no comma, semicolon, tab, | or :: parts anything")
          + " in the first line, "
          + shown
          + "; name the right --delimiter, or begin with the header or the first row";
    }
    String by = ": the delimiter [" + delimiter + "] parts the first line, " + shown + ", into ";
    for (int l = first + 1; l < lines.size(); l++) {
      int fields = lines.get(l).isBlank() ? width : width(lines.get(l), delimiter);
      if (fields != width) {
        return by
            + width
            + " fields, and line "
            + (l + 1)
            + (fields == 0 ? " has a quote that is not closed" : " into " + fields)
            + "; mend the lines that differ or name the right --delimiter";
      }
    }
    return by + width + " fields, and not all lines likewise; name the right --delimiter";
  }

  /** Into how many fields a line is cut, 0 where a quote in it is not closed. */
  private static int width(String line, String delimiter) {
    List<List<String>> rows = cut(List.of(line), delimiter, false);
    return rows.isEmpty() ? 0 : rows.get(0).size();
  }

  /** The cells of the first line; none of an empty file. */
  static List<String> firstLine(DataFile file, String delimiter) {
    if (file.kind() != DataFile.Kind.TEXT) {
      return ofTable(file).rows().get(0);
    }
    List<String> lines = lines(file, 1);
    List<List<String>> rows = cut(lines, delimiter, false);
    return rows.isEmpty() ? List.of() : rows.get(0);
  }

  private static String shortened(String line) {
    String shown = line.length() > 60 ? line.substring(0, 60) + "..." : line;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  private static List<String> lines(DataFile file, int most) {
    return lines(file, most, line -> !line.isBlank());
  }

  private static List<String> lines(DataFile file, int most, Predicate<String> counts) {
    return start(file, most, counts).lines();
  }

  /** The first lines, and whether there are more. */
  private record Start(List<String> lines, boolean more) {}

  private static Start start(DataFile file, int most, Predicate<String> counts) {
    List<String> lines = new ArrayList<>();
    long characters = 0;
    try (BufferedReader reader = new BufferedReader(file.reader())) {
      String line = reader.readLine();
      while (line != null && lines.size() < most && characters < MOST_CHARACTERS) {
        if (counts.test(line)) {
          lines.add(line);
          characters += line.length();
        }
        line = reader.readLine();
      }
      return new Start(lines, line != null);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /**
   * As the readers of the whole file cut it; empty where quotes do not fit the delimiter.
   *
   * @param more whether the file goes on: the last row may then be cut within a quoted text, which
   *     is left out, where rows before it say that such texts are closed
   */
  private static List<List<String>> cut(List<String> lines, String delimiter, boolean more) {
    List<List<String>> rows = new ArrayList<>();
    CSVFormat format = TextTable.format(delimiter);
    try (CSVParser parser = format.parse(new StringReader(String.join("\n", lines)))) {
      Iterator<CSVRecord> records = parser.iterator();
      while (rows.size() < MOST_ROWS && records.hasNext()) {
        rows.add(records.next().stream().map(cell -> TextTable.field(format, cell)).toList());
      }
      return rows;
    } catch (IOException | UncheckedIOException e) {
      return more && rows.size() >= FEWEST_ROWS ? rows : List.of();
    }
  }
}
