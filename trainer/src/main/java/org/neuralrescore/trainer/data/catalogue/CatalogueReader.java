// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Table;
import org.neuralrescore.trainer.data.table.TextTable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads a catalogue, in file order. */
public final class CatalogueReader {
  private CatalogueReader() {}

  /**
   * Reads all items.
   *
   * @throws UserError of kind INPUT that names file, line and column
   */
  public static List<CatalogueItem> read(CatalogueFormat format) {
    List<CatalogueItem> items = new ArrayList<>();
    read(format, texts(format), items::add);
    return items;
  }

  /**
   * Reads a file once to see that it is as {@link #read} wants it, and leaves the items where they
   * are: each time they are asked for, they are read again. A file of texts is in memory.
   *
   * @throws UserError of kind INPUT that names file, line and column
   */
  public static Catalogue open(CatalogueFormat format) {
    Map<String, String> texts = texts(format);
    read(format, texts, item -> {});
    return () -> {
      CatalogueRows rows = new CatalogueRows(format, texts);
      return StreamSupport.stream(rows, false).onClose(rows::close);
    };
  }

  /**
   * Opens a catalogue of which the columns may be unknown.
   *
   * @param delimiter of text
   */
  public static Table table(DataFile file, String delimiter) throws IOException {
    if (file.kind() != DataFile.Kind.TEXT) {
      return file.open(",", List.of());
    }
    // Texts are quoted whatever parts them.
    CSVFormat csv = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
    return TextTable.of(file.reader(), file.name(), csv, List.of());
  }

  private static void read(
      CatalogueFormat format, Map<String, String> texts, Consumer<CatalogueItem> items) {
    SeenIds seen = new SeenIds();
    boolean any = false;
    try (CatalogueRows rows = new CatalogueRows(format, texts)) {
      while (rows.tryAdvance(
          item -> {
            if (!seen.add(item.id())) {
              throw rows.at("item [" + item.id() + "] is there twice");
            }
            items.accept(item);
          })) {
        any = true;
      }
    }
    if (!any) {
      throw new UserError(INPUT, format.file() + ": no items below the header");
    }
  }

  private static Map<String, String> texts(CatalogueFormat format) {
    return format.texts().map(CatalogueReader::texts).orElse(Map.of());
  }

  private static Map<String, String> texts(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      Map<String, String> texts =
          new JsonMapper().readValue(in, new TypeReference<Map<String, String>>() {});
      if (texts == null) {
        throw new UserError(INPUT, file + ": not a JSON object of id to text: it is null");
      }
      texts.values().removeIf(Objects::isNull);
      return texts;
    } catch (NoSuchFileException e) {
      throw new UserError(INPUT, file + ": no such file; name the texts with --texts", e);
    } catch (IOException | JacksonException e) {
      String why = e.getMessage().lines().findFirst().orElse("");
      throw new UserError(INPUT, file + ": not a JSON object of id to text: " + why, e);
    }
  }
}
