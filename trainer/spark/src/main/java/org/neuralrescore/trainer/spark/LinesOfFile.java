// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionLines;
import org.neuralrescore.trainer.data.interactions.TimeParser;
import org.neuralrescore.trainer.data.table.DataFile;

/**
 * The lines of a file that count, as rows; behind them one row without a user says how the file
 * ended. Counts travel with the lines, for a task that is run twice would count twice in an
 * accumulator.
 */
final class LinesOfFile implements FlatMapFunction<LinesOfFile.Source, Row> {
  private static final long serialVersionUID = 1L;

  static final String USER = "user";
  static final String PLACE = "place";

  /** What a line says, and its place among all lines of all files. */
  static final StructType SCHEMA =
      new StructType()
          .add(USER, DataTypes.StringType)
          .add("item", DataTypes.StringType)
          .add("rating", DataTypes.FloatType)
          .add("time", DataTypes.LongType)
          .add(PLACE, DataTypes.LongType)
          .add("belowThreshold", DataTypes.LongType)
          .add("blank", DataTypes.LongType);

  /** Lines of one file at most; the files before it count for more. */
  private static final int LINE_BITS = 40;

  private final WireRules wire;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param hadoop how files that have a URI are reached
   */
  LinesOfFile(WireRules wire, Broadcast<SerializableConfiguration> hadoop) {
    this.wire = wire;
    this.hadoop = hadoop;
  }

  /**
   * A file.
   *
   * @param number its place among the files
   * @param path as every machine sees it, where its name is no URI
   * @param name what messages call it
   */
  record Source(int number, String path, String name) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * How a file ended.
   *
   * @param file its number
   * @param belowThreshold lines left out for their rating
   * @param blank lines left out for want of an id
   * @param spelling of its times; empty where none was read
   * @param mistake what is wrong with it, in one line; empty where nothing is
   */
  record End(int file, long belowThreshold, long blank, String spelling, String mistake)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a row without a user. */
    static End of(Row row) {
      String[] told = row.getString(1).split(" ", 2);
      return new End(
          (int) (row.getLong(4) >> LINE_BITS), row.getLong(5), row.getLong(6), told[0], told[1]);
    }
  }

  @Override
  public Iterator<Row> call(Source source) throws IOException {
    DataFile file = new DataFile(Path.of(source.path()), source.name());
    try {
      if (HadoopFiles.uri(source.name()).isPresent()) {
        file = new HadoopFiles(hadoop.value().value()).copy(source.name());
        removeBehindTask(file.path());
      }
      return new Lines(
          source.number(),
          file,
          InteractionLines.of(file, wire.format(), wire.rules(), Optional.empty()));
    } catch (UserError e) {
      return List.of(end(source.number(), 0, 0, "", e.getMessage())).iterator();
    } catch (IOException e) {
      return List.of(end(source.number(), 0, 0, "", file.unreadable(e).getMessage())).iterator();
    }
  }

  private static void removeBehindTask(Path copy) {
    TaskContext.get()
        .addTaskCompletionListener(
            task -> {
              try {
                HadoopFiles.remove(copy);
              } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + copy, e);
              }
            });
  }

  private static Row end(
      int file, long belowThreshold, long blank, String spelling, String mistake) {
    return RowFactory.create(
        null,
        spelling + " " + mistake,
        0f,
        0L,
        (((long) file + 1) << LINE_BITS) - 1,
        belowThreshold,
        blank);
  }

  private static final class Lines implements Iterator<Row> {
    private final int number;
    private final DataFile file;
    private final InteractionLines lines;
    private long line;
    private Optional<Row> next;
    private boolean ended;

    Lines(int number, DataFile file, InteractionLines lines) throws IOException {
      this.number = number;
      this.file = file;
      this.lines = lines;
      this.next = advance();
    }

    private Optional<Row> advance() {
      if (ended) {
        return Optional.empty();
      }
      String mistake = "";
      try {
        if (lines.next()) {
          return Optional.of(
              RowFactory.create(
                  lines.user(),
                  lines.item(),
                  lines.rating(),
                  lines.time(),
                  ((long) number << LINE_BITS) + line++,
                  0L,
                  0L));
        }
        lines.close();
      } catch (UserError e) {
        mistake = e.getMessage();
      } catch (IOException e) {
        mistake = file.unreadable(e).getMessage();
      }
      ended = true;
      return Optional.of(
          end(
              number,
              lines.belowThreshold(),
              lines.blank(),
              lines.spelling().map(TimeParser.Spelling::name).orElse(""),
              mistake));
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Row next() {
      Row row = next.orElseThrow(NoSuchElementException::new);
      next = advance();
      return row;
    }
  }
}
