package org.neuralrescore.trainer.data.inspection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.ByteOrderMark;

/**
 * The first lines of a file, cut into fields.
 *
 * @param delimiter what parts the fields
 * @param rows equally long, none empty; the first may be a header
 */
record Sample(String delimiter, List<List<String>> rows) {
  private static final int MOST_LINES = 2_000;
  private static final double NEARLY_ALL = 0.75;

  /** In the order of preference: what a text holds least comes first. */
  private static final List<String> DELIMITERS = List.of("\t", "::", "|", ";", ",");

  Sample {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** How many columns. */
  int width() {
    return rows.get(0).size();
  }

  /**
   * Reads the first lines.
   *
   * @throws UserError of kind INPUT where it is no text, or its lines have no fields in common
   */
  static Sample of(Path file) {
    List<String> lines = lines(file, MOST_LINES);
    if (lines.isEmpty()) {
      throw new UserError(UserError.Kind.INPUT, file + ": is empty; expected a row a line");
    }
    Sample best = null;
    for (String delimiter : DELIMITERS) {
      List<List<String>> rows = cut(lines, delimiter);
      int width = rows.isEmpty() ? 0 : rows.get(0).size();
      List<List<String>> even = rows.stream().filter(row -> row.size() == width).toList();
      // Whoever reads the whole file tells of the lines that differ.
      boolean fits = width > 1 && even.size() >= NEARLY_ALL * rows.size();
      if (fits && (best == null || width > best.width())) {
        best = new Sample(delimiter, even);
      }
    }
    if (best == null) {
      throw new UserError(
          UserError.Kind.INPUT,
          file
              + ": no comma, semicolon, tab, | or :: parts every line into equally many fields, the"
              + " first being ["
              + shortened(lines.get(0))
              + "]; mend the lines that differ or name the --delimiter");
    }
    return best;
  }

  /** The cells of the first line; none of an empty file. */
  static List<String> firstLine(Path file, String delimiter) {
    List<String> lines = lines(file, 1);
    List<List<String>> rows = cut(lines, delimiter);
    return rows.isEmpty() ? List.of() : rows.get(0);
  }

  private static String shortened(String line) {
    String shown = line.length() > 60 ? line.substring(0, 60) + "..." : line;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  private static List<String> lines(Path file, int most) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": no such file; give the path of a file of interactions");
    }
    List<String> lines = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream plain =
            file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")
                ? new GZIPInputStream(raw)
                : raw;
        BufferedReader reader =
            new BufferedReader(
                ByteOrderMark.skip(
                    new InputStreamReader(
                        plain,
                        StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT))))) {
      for (String line = reader.readLine();
          line != null && lines.size() < most;
          line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
    } catch (CharacterCodingException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": is not UTF-8; convert it, for instance with iconv", e);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": cannot be read (" + e.getMessage() + ")", e);
    }
    return lines;
  }

  /** As the readers of the whole file cut it; empty where quotes do not fit the delimiter. */
  private static List<List<String>> cut(List<String> lines, String delimiter) {
    CSVFormat.Builder format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter);
    if (!delimiter.equals(",") && !delimiter.equals(";")) {
      format.setQuote(null);
    }
    try (CSVParser parser = format.get().parse(new StringReader(String.join("\n", lines)))) {
      List<List<String>> rows = new ArrayList<>();
      parser.forEach(row -> rows.add(row.stream().map(String::trim).toList()));
      return rows;
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
