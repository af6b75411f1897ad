// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;

/**
 * The beginning of a file behind a URI, brought to this machine to look at. What a file is shows in
 * its first bytes, so that no large one has to be here for it. Who asks {@link HadoopFiles#remove
 * removes} what it got.
 */
final class RemoteHead {
  /** Bytes in which lines show what a file's columns have. */
  private static final int LINES = 1 << 23;

  /** Bytes in which the first line shows which columns there are. */
  private static final int COLUMNS = 1 << 20;

  private final HadoopFiles files;
  private final String name;

  /**
   * @param name a URI
   */
  RemoteHead(HadoopFiles files, String name) {
    this.files = files;
    this.name = name;
  }

  /**
   * The first lines of a file of plain ones, by which it is cut.
   *
   * @return empty where it is packed or Parquet, or no line ends in it
   * @throws UserError where it is no table
   */
  Optional<DataFile> toCut() throws IOException {
    byte[] bytes = first(COLUMNS);
    DataFile head = here(bytes);
    try {
      if (head.isPlainText() && (bytes.length < COLUMNS || end(bytes) > 0)) {
        Files.write(head.path(), lines(bytes, COLUMNS));
        return Optional.of(head);
      }
    } catch (IOException | UserError e) {
      HadoopFiles.remove(head.path());
      throw e;
    }
    HadoopFiles.remove(head.path());
    return Optional.empty();
  }

  /**
   * A small file, or the first lines of a large one, packed where it is. Parquet says at its end
   * what it has, and is here as a whole.
   *
   * @throws UserError where it is no table
   */
  DataFile toLookAt() throws IOException {
    if (files.size(name) <= LINES) {
      return files.copy(name);
    }
    byte[] bytes = first(LINES);
    DataFile head = here(bytes);
    try {
      if (head.isPlainText()) {
        Files.write(head.path(), lines(bytes, LINES));
        return head;
      }
      if (head.kind() != DataFile.Kind.PARQUET) {
        pack(head);
        return head;
      }
    } catch (IOException | UserError e) {
      HadoopFiles.remove(head.path());
      throw e;
    }
    HadoopFiles.remove(head.path());
    return files.copy(name);
  }

  private void pack(DataFile head) throws IOException {
    try (InputStream in =
            new GZIPInputStream(new BufferedInputStream(files.open(name, 0), 1 << 16), 1 << 16);
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(head.path()))) {
      out.write(lines(in.readNBytes(LINES), LINES));
    }
  }

  private byte[] first(int most) throws IOException {
    try (InputStream in = files.open(name, 0)) {
      return in.readNBytes(most);
    }
  }

  private DataFile here(byte[] bytes) throws IOException {
    return new DataFile(Files.write(HadoopFiles.here(name), bytes), name);
  }

  /** All, or of as many as were asked for those before the beginning of a line that is cut off. */
  private static byte[] lines(byte[] bytes, int most) {
    return bytes.length < most || end(bytes) == 0 ? bytes : Arrays.copyOf(bytes, end(bytes));
  }

  /** Behind the last line that ends; 0 where none does. */
  private static int end(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
