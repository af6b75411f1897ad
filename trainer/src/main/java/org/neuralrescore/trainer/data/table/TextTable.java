// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.neuralrescore.trainer.base.UserError;

/**
 * Lines whose fields are parted by a text. Quotes keep a comma or a semicolon in a field; whatever
 * parts the fields, one that is in quotes as a whole is what is between them.
 */
public final class TextTable implements Table {
  private final String name;
  private final CSVFormat format;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;
  private final Breaks breaks;
  private CSVRecord row;

  /** What a line feed inside a field is. */
  private enum Breaks {
    /** A part of the field. */
    KEPT,
    /** An error. */
    REFUSED
  }

  private TextTable(
      String name, CSVFormat format, CSVParser parser, List<String> header, Breaks breaks) {
    this.name = name;
    this.format = format;
    this.breaks = breaks;
    this.parser = parser;
    this.records = parser.iterator();
    this.columns = header.isEmpty() ? firstLine() : header;
  }

  /**
   * Opens.
   *
   * @param source without a byte-order mark; this table's from now on
   * @param name what errors call it
   * @param header the columns of lines without a header, in order; empty where the first line names
   *     them
   * @throws UserError of kind INPUT where there is no line at all
   */
  public static TextTable of(Reader source, String name, String delimiter, List<String> header)
      throws IOException {
    return of(source, name, format(delimiter), header);
  }

  /** As above, with lines cut in a way of one's own. */
  public static TextTable of(Reader source, String name, CSVFormat format, List<String> header)
      throws IOException {
    return of(source, name, format, header, Breaks.KEPT);
  }

  /** As above, of lines that are read by themselves: a field that reaches across is an error. */
  static TextTable ofLines(Reader source, String name, String delimiter, List<String> header)
      throws IOException {
    return of(source, name, format(delimiter), header, Breaks.REFUSED);
  }

  private static TextTable of(
      Reader source, String name, CSVFormat format, List<String> header, Breaks breaks)
      throws IOException {
    try {
      return new TextTable(name, format, format.parse(source), header, breaks);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How lines are cut into fields. */
  public static CSVFormat format(String delimiter) {
    CSVFormat.Builder builder =
        CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true);
    // Only comma-separated files quote; in tab-separated ones a quote is an inch.
    if (!delimiter.equals(",") && !delimiter.equals(";")) {
      builder.setQuote(null);
    }
    return builder.get();
  }

  private List<String> firstLine() {
    if (!records.hasNext()) {
      throw new UserError(
          UserError.Kind.INPUT,
          name + ": is empty; expected a header line and one interaction a line");
    }
    CSVRecord first = records.next();
    requireOneLine(first);
    return first.stream().map(cell -> field(format, cell)).toList();
  }

  /**
   * A field without blanks around it and, where the parser leaves them, without the quotes that it
   * is in as a whole. An inch sign stays, for it begins no field, and so do quotes about parts of
   * one.
   */
  public static String field(CSVFormat format, String cut) {
    String text = cut.trim();
    if (format.isQuoteCharacterSet()
        || text.length() < 2
        || text.charAt(0) != '"'
        || !text.endsWith("\"")) {
      return text;
    }
    String within = text.substring(1, text.length() - 1);
    // Two of them are a quote within quotes (RFC 4180).
    return within.replace("\"\"", "").indexOf('"') >= 0
        ? text
        : within.replace("\"\"", "\"").trim();
  }

  private void requireOneLine(CSVRecord record) {
    if (breaks == Breaks.KEPT) {
      return;
    }
    for (String cell : record) {
      if (cell.indexOf('\n') >= 0) {
        throw new UserError(
            UserError.Kind.INPUT,
            name + ": has a quoted field that reaches across lines; read it as a whole");
      }
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    try {
      if (!records.hasNext()) {
        return false;
      }
      row = records.next();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    requireOneLine(row);
    if (row.size() != columns.size()) {
      throw new UserError(
          UserError.Kind.INPUT,
          name
              + " "
              + place()
              + " has "
              + row.size()
              + " fields, expected "
              + columns.size()
              + " ("
              + String.join(", ", columns)
              + (row.size() < columns.size()
                  ? "); complete the line or give the right --delimiter"
                  : "); a decimal comma or a delimiter in a text? quote it, or give the right"
                      + " --delimiter or --header"));
    }
    return true;
  }

  @Override
  public String cell(int column) {
    return field(format, row.get(column));
  }

  @Override
  public String place() {
    return "line " + parser.getCurrentLineNumber();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
