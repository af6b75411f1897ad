// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DocumentIds;
import org.neuralrescore.trainer.data.table.Table;
import org.neuralrescore.trainer.data.table.TextTable;
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
    Map<String, CatalogueItem> items = new LinkedHashMap<>();
    DataFile source = new DataFile(file);
    try (Table table = open(source, format)) {
      List<String> columns = table.columns();
      requireColumn(file, columns, format.idColumn(), "id");
      requireColumn(file, columns, format.titleColumn(), "title");
      if (!format.categoriesColumn().equals(CatalogueFormat.GENRES)) {
        requireColumn(file, columns, format.categoriesColumn(), "categories");
      }
      if (format.descriptionColumn().isPresent()) {
        requireColumn(file, columns, format.descriptionColumn().get(), "description");
      }
      while (table.next()) {
        CatalogueItem item = item(format, table, texts);
        if (items.put(item.id(), item) != null) {
          throw at(file, table, "item [" + item.id() + "] is there twice");
        }
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    if (items.isEmpty()) {
      throw new UserError(INPUT, file + ": no items below the header");
    }
    return new ArrayList<>(items.values());
  }

  private static Table open(DataFile file, CatalogueFormat format) throws IOException {
    if (!Files.exists(file.path())) {
      throw new UserError(INPUT, file.name() + ": no such file; name the catalogue with --items");
    }
    if (file.kind() != DataFile.Kind.TEXT) {
      return file.open(",", List.of());
    }
    // Texts are quoted whatever parts them.
    CSVFormat csv =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(format.delimiter().orElse(delimiter(file.path())))
            .get();
    return TextTable.of(file.reader(), file.name(), csv, List.of());
  }

  private static CatalogueItem item(CatalogueFormat format, Table row, Map<String, String> texts) {
    String id = cell(row, format.idColumn());
    if (id.isEmpty()) {
      throw at(format.file(), row, "column [" + format.idColumn() + "] is empty");
    }
    Optional<String> problem = DocumentIds.problem(id);
    if (problem.isPresent()) {
      throw at(format.file(), row, "id [" + DocumentIds.shortened(id) + "] " + problem.get());
    }
    List<String> categories =
        Stream.of(cell(row, format.categoriesColumn()).split("\\|", -1))
            .filter(c -> !c.isBlank() && !c.equals(NO_CATEGORY))
            .toList();
    String own = format.descriptionColumn().map(column -> cell(row, column)).orElse("");
    return new CatalogueItem(
        id,
        cell(row, format.titleColumn()),
        own.isEmpty() ? texts.getOrDefault(id, "") : own,
        categories);
  }

  private static String cell(Table row, String column) {
    int at = row.columns().indexOf(column);
    return at < 0 ? "" : row.cell(at).strip();
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

  private static UserError at(Path file, Table row, String what) {
    return new UserError(
        INPUT, file + ": " + row.place() + ": " + what + "; mend or drop the line");
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
