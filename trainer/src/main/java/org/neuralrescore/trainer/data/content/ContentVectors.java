// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.content;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.ByteOrderMark;
import org.neuralrescore.trainer.model.Ids;

/**
 * Reads vectors that something else made of the items' words, images or sounds: a line an item, its
 * id and then its values, parted by tabs, or by commas where the file's name ends in {@code .csv};
 * {@code .gz} behind it is unpacked. Cells may be quoted. No header. Every line has as many values
 * as the first.
 */
public final class ContentVectors {
  private final Path file;
  private final Map<String, float[]> byId = new HashMap<>();
  private int width;

  private ContentVectors(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws UserError of kind INPUT that names file and line
   */
  public static ItemContent read(Path file, Ids items) {
    ContentVectors vectors = new ContentVectors(file);
    String name = file.getFileName().toString();
    boolean packed = name.endsWith(".gz");
    boolean commas = (packed ? name.substring(0, name.length() - 3) : name).endsWith(".csv");
    CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(commas ? ',' : '\t').get();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain = packed ? new GZIPInputStream(raw) : raw;
        Reader text =
            ByteOrderMark.skip(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
        CSVParser lines = format.parse(text)) {
      for (CSVRecord cells : lines) {
        if (cells.size() > 1 || !cells.get(0).isBlank()) {
          vectors.add(cells, lines.getCurrentLineNumber());
        }
      }
    } catch (NoSuchFileException e) {
      throw new UserError(INPUT, file + ": no such file; name it with --content-vectors", e);
    } catch (CharacterCodingException e) {
      throw new UserError(INPUT, file + ": not UTF-8; convert it first", e);
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(INPUT, file + ": cannot be read: " + e.getMessage(), e);
    }
    if (vectors.byId.isEmpty()) {
      throw new UserError(INPUT, file + ": no vectors; a line expects an id and its values");
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
    if (byId.put(id, vector) != null) {
      throw at(line, "item [" + id + "] is there twice");
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
