// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.data.table.ParquetTable;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.UserBlocks;

/**
 * The users of a bundle that are too many for an array, as Parquet: {@code id}, a text, and {@code
 * vector}, a list of floats. Written and read a row group at a time, of a few megabytes.
 *
 * @param path where it is
 * @param rank numbers of a vector
 * @param rows users
 */
public record UserFile(Path path, int rank, long rows) {
  private static final int ROW_GROUP = 8 << 20;
  private static final Pattern BAR = Pattern.compile("\\|");

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("id")
          .requiredList()
          .requiredElement(PrimitiveTypeName.FLOAT)
          .named("vector")
          .named("users");

  /** A user. */
  public static final class Row {
    private final String id;
    private final float[] vector;

    private Row(String id, float[] vector) {
      this.id = id;
      this.vector = vector;
    }

    /** As in the interactions. */
    public String id() {
      return id;
    }

    /** [rank], not a copy. */
    public float[] vector() {
      return vector;
    }

    /** Whether nothing is known of the user. */
    public boolean isZero() {
      for (float value : vector) {
        if (value != 0f) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Writes the file, down to the disk.
   *
   * @return the sha256 of its bytes
   */
  static String write(Path file, UserBlocks users) throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withRowGroupSize((long) ROW_GROUP)
            .withDictionaryEncoding(false)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      users.forEach((ids, block) -> write(writer, ids, block));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return BundleFolder.sha256(file);
  }

  private static void write(ParquetWriter<Group> writer, List<String> ids, FactorMatrix block) {
    int rank = block.rank();
    for (int row = 0; row < block.rows(); row++) {
      Group user = new SimpleGroup(SCHEMA);
      user.add("id", ids.get(row));
      Group vector = user.addGroup("vector");
      for (int f = 0; f < rank; f++) {
        vector.addGroup(0).add(0, block.values()[row * rank + f]);
      }
      try {
        writer.write(user);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * A file that is there.
   *
   * @throws UserError of kind INPUT where it is none
   */
  static UserFile of(Path path, int rank) {
    try (ParquetTable table = ParquetTable.of(path, path.toString())) {
      if (!table.columns().equals(List.of("id", "vector"))) {
        throw new UserError(
            Kind.INPUT, "[" + path + "] expects the columns id and vector, got " + table.columns());
      }
      return new UserFile(path, rank, table.rowCount());
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + path + "]: " + e, e);
    }
  }

  /**
   * All users in order, read as they are asked for; the caller closes them.
   *
   * <p>They throw a UserError of kind INPUT at a row that is no user.
   */
  public Rows open() {
    return open(0, rows);
  }

  /**
   * As above, some of them.
   *
   * @param first row
   * @param end behind the last
   */
  public Rows open(long first, long end) {
    return new Rows(this, first, end);
  }

  /** The users, one after the other. */
  public static final class Rows implements Iterator<Row>, AutoCloseable {
    private final UserFile file;
    private final ParquetTable table;
    private long left;
    private boolean more;

    private Rows(UserFile file, long first, long end) {
      this.file = file;
      this.table = ParquetTable.of(file.path, file.path.toString());
      this.left = end - first;
      // Of rows that are passed by nothing is read but what stands in their row group.
      for (long row = 0; row < first; row++) {
        table.next();
      }
      this.more = left > 0 && table.next();
    }

    @Override
    public boolean hasNext() {
      return more;
    }

    @Override
    public Row next() {
      if (!more) {
        throw new NoSuchElementException();
      }
      Row row = new Row(table.cell(0), file.vector(table));
      left--;
      more = left > 0 && table.next();
      return row;
    }

    @Override
    public void close() {
      try {
        table.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + file.path, e);
      }
    }
  }

  private float[] vector(ParquetTable table) {
    String[] texts = BAR.split(table.cell(1), -1);
    float[] vector = new float[texts.length];
    boolean right = texts.length == rank && !table.cell(0).isEmpty();
    for (int f = 0; right && f < rank; f++) {
      vector[f] = texts[f].isEmpty() ? Float.NaN : Float.parseFloat(texts[f]);
      right = Float.isFinite(vector[f]);
    }
    if (!right) {
      throw new UserError(
          Kind.INPUT,
          "["
              + path
              + "] "
              + table.place()
              + " expects an id and a vector of "
              + rank
              + " finite numbers; restore the bundle");
    }
    return vector;
  }
}
