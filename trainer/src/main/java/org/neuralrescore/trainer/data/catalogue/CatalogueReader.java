package org.neuralrescore.trainer.data.catalogue;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.ByteOrderMark;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads a catalogue, in file order. */
public final class CatalogueReader {
  private static final String NO_CATEGORY = "(no genres listed)";

  private CatalogueReader() {}

  /**
   * Reads all items.
   *
   * @throws UserError of kind INPUT that names file, line and column
   */
  public static List<CatalogueItem> read(CatalogueFormat format) {
    Map<String, String> texts = format.texts().map(CatalogueReader::texts).orElse(Map.of());
    Path file = format.file();
    CSVFormat csv = csv(format.delimiter().orElse(delimiter(file)));
    Map<String, CatalogueItem> items = new LinkedHashMap<>();
    try (Reader in = ByteOrderMark.skip(Files.newBufferedReader(file));
        CSVParser parser = csv.parse(in)) {
      requireColumn(file, parser.getHeaderNames(), format.idColumn(), "id");
      requireColumn(file, parser.getHeaderNames(), format.titleColumn(), "title");
      if (!format.categoriesColumn().equals(CatalogueFormat.GENRES)) {
        requireColumn(file, parser.getHeaderNames(), format.categoriesColumn(), "categories");
      }
      if (format.descriptionColumn().isPresent()) {
        requireColumn(
            file, parser.getHeaderNames(), format.descriptionColumn().get(), "description");
      }
      for (CSVRecord row : parser) {
        CatalogueItem item = item(format, row, texts, parser.getCurrentLineNumber());
        if (items.put(item.id(), item) != null) {
          throw at(file, parser.getCurrentLineNumber(), "item [" + item.id() + "] is there twice");
        }
      }
    } catch (NoSuchFileException e) {
      throw new UserError(INPUT, file + ": no such file; name the catalogue with --items", e);
    } catch (CharacterCodingException e) {
      throw new UserError(INPUT, file + ": not UTF-8; convert it first", e);
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(INPUT, file + ": cannot be read: " + e.getMessage(), e);
    }
    if (items.isEmpty()) {
      throw new UserError(INPUT, file + ": no items below the header");
    }
    return new ArrayList<>(items.values());
  }

  private static CatalogueItem item(
      CatalogueFormat format, CSVRecord row, Map<String, String> texts, long line) {
    if (!row.isConsistent()) {
      throw at(format.file(), line, "the header has other columns than this line");
    }
    String id = row.get(format.idColumn()).strip();
    if (id.isEmpty()) {
      throw at(format.file(), line, "column [" + format.idColumn() + "] is empty");
    }
    List<String> categories =
        row.isMapped(format.categoriesColumn())
            ? Stream.of(row.get(format.categoriesColumn()).split("\\|", -1))
                .filter(c -> !c.isBlank() && !c.equals(NO_CATEGORY))
                .toList()
            : List.of();
    String own = format.descriptionColumn().map(column -> row.get(column).strip()).orElse("");
    return new CatalogueItem(
        id,
        row.get(format.titleColumn()).strip(),
        own.isEmpty() ? texts.getOrDefault(id, "") : own,
        categories);
  }

  private static CSVFormat csv(String delimiter) {
    CSVFormat.Builder builder =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(false);
    return builder.get();
  }

  private static String delimiter(Path file) {
    return file.getFileName().toString().matches("(?i).*\\.(tsv|tab)(\\.gz)?") ? "\t" : ",";
  }

  private static void requireColumn(Path file, List<String> header, String name, String role) {
    if (!header.contains(name)) {
      throw new UserError(
          INPUT,
          file
              + ": line 1: no column ["
              + name
              + "]; there are "
              + header
              + ", choose one with --"
              + role
              + "-column");
    }
  }

  private static UserError at(Path file, long line, String what) {
    return new UserError(INPUT, file + ": line " + line + ": " + what + "; mend or drop the line");
  }

  private static Map<String, String> texts(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return new JsonMapper().readValue(in, new TypeReference<Map<String, String>>() {});
    } catch (NoSuchFileException e) {
      throw new UserError(INPUT, file + ": no such file; name the texts with --texts", e);
    } catch (IOException | JacksonException e) {
      String why = e.getMessage().lines().findFirst().orElse("");
      throw new UserError(INPUT, file + ": not a JSON object of id to text: " + why, e);
    }
  }
}
