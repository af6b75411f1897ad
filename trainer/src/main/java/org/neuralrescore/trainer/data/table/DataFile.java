// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.neuralrescore.trainer.base.UserError;

/**
 * One file that holds a table. What it holds is told by its first bytes, not by its name.
 *
 * @param path where it is
 * @param name what messages call it
 */
public record DataFile(Path path, String name) {
  /** Characters that are looked at to tell what a text is. */
  private static final int HEAD = 1_000;

  /** A file that is called what its path is. */
  public DataFile(Path path) {
    this(path, path.toString());
  }

  /** What the first bytes say. */
  public enum Kind {
    /** Delimited text. */
    TEXT("delimited text"),
    /** A JSON object a line. */
    JSON_LINES("JSON lines"),
    /** Apache Parquet. */
    PARQUET("Parquet");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** In words. */
    public String label() {
      return label;
    }
  }

  /**
   * Looks at the first bytes.
   *
   * @throws UserError of kind INPUT where it cannot be read, is no text, is one JSON array, or is
   *     called Parquet and is none
   */
  public Kind kind() {
    try (BufferedInputStream raw = raw()) {
      if (isParquet(raw)) {
        return Kind.PARQUET;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      throw new UserError(
          UserError.Kind.INPUT,
          name + ": is no Parquet file, which begins with PAR1; rename it or write it anew");
    }
    try (Reader text = reader()) {
      String head = head(text);
      if (head.indexOf('\0') >= 0) {
        throw new UserError(
            UserError.Kind.INPUT,
            name
                + ": is no text, for it has bytes of 0; unpack an archive, or convert UTF-16, for"
                + " instance: iconv -f UTF-16LE -t UTF-8");
      }
      if (head.replaceAll("\\s+", "").startsWith("[{")) {
        throw new UserError(
            UserError.Kind.INPUT,
            name
                + ": is one JSON array; write an object a line, for instance by jq -c '.[]' "
                + path.getFileName());
      }
      return head.stripLeading().startsWith("{") ? Kind.JSON_LINES : Kind.TEXT;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static String head(Reader text) throws IOException {
    char[] head = new char[HEAD];
    int filled = 0;
    int read = text.read(head);
    while (read > 0) {
      filled += read;
      read = text.read(head, filled, HEAD - filled);
    }
    return new String(head, 0, filled);
  }

  /**
   * Opens the table.
   *
   * @param delimiter of delimited text
   * @param header the columns of delimited text whose first line is data, in order; else empty
   * @throws UserError of kind INPUT where it has no row
   */
  public Table open(String delimiter, List<String> header) throws IOException {
    return switch (kind()) {
      case TEXT -> TextTable.of(reader(), name, delimiter, header);
      case JSON_LINES -> JsonTable.of(reader(), name);
      case PARQUET -> ParquetTable.of(path, name);
    };
  }

  /**
   * The text, in UTF-8, through gzip where it is packed, without a byte-order mark; the caller's to
   * close.
   *
   * @throws UserError of kind INPUT where it is no file
   */
  public Reader reader() throws IOException {
    BufferedInputStream raw = raw();
    try {
      Optional<ForeignFormat> foreign = ForeignFormat.of(raw);
      if (foreign.isPresent()) {
        throw new UserError(UserError.Kind.INPUT, name + ": " + foreign.get().advice());
      }
      InputStream plain = raw;
      if (isGzip(raw)) {
        BufferedInputStream unpacked = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16));
        if (isParquet(unpacked)) {
          throw new UserError(
              UserError.Kind.INPUT,
              name + ": is Parquet inside gzip; unpack it, for Parquet packs its own pages");
        }
        plain = unpacked;
      }
      return ByteOrderMark.skip(decoded(plain));
    } catch (IOException | UserError e) {
      raw.close();
      throw e;
    }
  }

  /** As UTF-8, and an error where it is none. */
  static Reader decoded(InputStream bytes) {
    return new InputStreamReader(
        bytes,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /**
   * Whether it is lines as they are, which can be read from any of them on: neither packed nor
   * Parquet.
   *
   * @throws UserError as {@link #kind}
   */
  public boolean isPlainText() {
    try (BufferedInputStream raw = raw()) {
      return !isGzip(raw) && kind() != Kind.PARQUET;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BufferedInputStream raw() throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UserError(
          UserError.Kind.INPUT,
          name
              + (Files.exists(path)
                  ? ": is no regular file; give one, or - for interactions from standard input"
                  : ": no such file; give the path of a file of interactions"));
    }
    return new BufferedInputStream(Files.newInputStream(path), 1 << 16);
  }

  /** By its first four bytes; the second of them marks files whose footer is encrypted. */
  private static boolean isParquet(BufferedInputStream bytes) throws IOException {
    bytes.mark(4);
    String magic = new String(bytes.readNBytes(4), StandardCharsets.ISO_8859_1);
    bytes.reset();
    return magic.equals("PAR1") || magic.equals("PARE");
  }

  /** By its name or by its first two bytes (RFC 1952). */
  private boolean isGzip(BufferedInputStream raw) throws IOException {
    raw.mark(2);
    int first = raw.read();
    int second = raw.read();
    raw.reset();
    return (first == 0x1f && second == 0x8b)
        || path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** What could not be read, in one line. */
  public UserError unreadable(IOException e) {
    if (e instanceof CharacterCodingException) {
      return new UserError(
          UserError.Kind.INPUT,
          name + ": is not UTF-8; convert it, for instance: iconv -f ISO-8859-1 -t UTF-8",
          e);
    }
    if (e instanceof ZipException) {
      return new UserError(
          UserError.Kind.INPUT, name + ": is no gzip file; rename or compress it", e);
    }
    if (e instanceof EOFException) {
      return new UserError(
          UserError.Kind.INPUT, name + ": ends too early to be whole; copy or write it anew", e);
    }
    return new UserError(
        UserError.Kind.INPUT, name + ": cannot be read (" + e.getMessage() + ")", e);
  }
}
