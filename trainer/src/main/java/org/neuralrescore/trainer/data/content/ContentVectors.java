// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.content;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.SeenIds;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.model.Ids;

/**
 * Reads vectors that something else made of the items' words, images or sounds: a line an item, its
 * id and then its values, parted by tabs, or by commas where the file's name ends in {@code .csv}
 * (or {@code .csv.gz}); what is packed by gzip is unpacked. Cells may be quoted. No header. Every
 * line has as many values as the first.
 */
public final class ContentVectors {
  private final Path file;
  private final Ids items;
  private final Map<String, float[]> byId = new HashMap<>();
  private final SeenIds seen = new SeenIds();
  private String stranger = "";
  private int width;

  private ContentVectors(Path file, Ids items) {
    this.file = file;
    this.items = items;
  }

  /**
   * Reads a file.
   *
   * @throws UserError of kind INPUT that names file and line, or where no id is an item
   */
  public static ItemContent read(Path file, Ids items) {
    ContentVectors vectors = new ContentVectors(file, items);
    boolean commas = file.getFileName().toString().matches("(?i).*\\.csv(\\.gz)?");
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(commas ? ',' : '\t').get();
    if (!Files.exists(file)) {
      throw new UserError(INPUT, file + ": no such file; name it with --content-vectors");
    }
    DataFile source = new DataFile(file);
    try (Reader text = source.reader();
        CSVParser lines = format.parse(text)) {
      for (CSVRecord cells : lines) {
        if (cells.size() > 1 || !cells.get(0).isBlank()) {
          vectors.add(cells, lines.getCurrentLineNumber());
        }
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    } catch (UncheckedIOException e) {
      throw source.unreadable(e.getCause());
    }
    if (vectors.width == 0) {
      throw new UserError(INPUT, file + ": no vectors; a line expects an id and its values");
    }
    if (vectors.byId.isEmpty()) {
      throw new UserError(
          INPUT,
          file
              + ": none of its ids, such as ["
              + vectors.stranger
              + "], is an item, such as ["
              + items.get(0)
              + "]; give vectors of these items");
    }
    return ItemContent.of(items, vectors.width, vectors.byId);
  }

  private void add(CSVRecord cells, long line) {
    if (width == 0) {
      width = cells.size() - 1;
    }
    String id = cells.get(0).strip();
    if (id.isEmpty() || cells.size() < 2 || cells.size() - 1 != width) {
      throw at(
          line,
          "expects an id and "
              + Math.max(1, width)
              + " values, got "
              + (cells.size() - 1)
              + " behind ["
              + id
              + "]");
    }
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = value(cells.get(i + 1).strip(), line);
    }
    if (!seen.add(id)) {
      throw at(line, "item [" + id + "] is there twice");
    }
    // Files of whole catalogues have many more; their values were looked at, and are not kept.
    if (items.row(id).isPresent()) {
      byId.put(id, vector);
    } else {
      stranger = id;
    }
  }

  private float value(String cell, long line) {
    try {
      float value = Float.parseFloat(cell);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw at(line, "[" + cell + "] is no number");
    }
    throw at(line, "[" + cell + "] is no finite number");
  }

  private UserError at(long line, String what) {
    return new UserError(INPUT, file + ": line " + line + ": " + what + "; mend or drop the line");
  }
}
