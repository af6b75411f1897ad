// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
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
import scala.Tuple2;

/**
 * The lines of a source that count, as rows; behind them one row without a user says how it ended.
 * Counts travel with the lines, for a task that is run twice would count twice in an accumulator.
 */
final class LinesOfFile implements FlatMapFunction<Tuple2<Integer, Source>, Row> {
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
          .add("blank", DataTypes.LongType)
          .add("context", DataTypes.StringType);

  /** Between values of a line's context, which have no control character. */
  private static final String PART = "\n";

  /** Lines of one source at most; the sources before it count for more. */
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
   * How a source ended.
   *
   * @param source its number
   * @param belowThreshold lines left out for their rating
   * @param blank lines left out for want of an id
   * @param spelling of its times; empty where none was read
   * @param mistake what is wrong with it, in one line; empty where nothing is
   */
  record End(int source, long belowThreshold, long blank, String spelling, String mistake)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a row without a user. */
    static End of(Row row) {
      String[] told = row.getString(1).split(" ", 2);
      return new End(
          (int) (row.getLong(4) >> LINE_BITS), row.getLong(5), row.getLong(6), told[0], told[1]);
    }
  }

  /**
   * The context of a row with a user.
   *
   * @param columns how many there are
   * @return a value a column
   */
  static List<String> context(Row row, int columns) {
    return columns == 0 ? List.of() : List.of(row.getString(7).split(PART, -1));
  }

  @Override
  public Iterator<Row> call(Tuple2<Integer, Source> numbered) {
    Source source = numbered._2();
    int number = numbered._1();
    try {
      return new Lines(
          number, source, source.open(wire.format(), wire.rules(), hadoop.value().value()));
    } catch (UserError e) {
      return List.of(end(number, 0, 0, "", e.getMessage())).iterator();
    } catch (IOException e) {
      return List.of(end(number, 0, 0, "", unreadable(source, e))).iterator();
    }
  }

  private static String unreadable(Source source, IOException e) {
    return new DataFile(Path.of(source.name()), source.name()).unreadable(e).getMessage();
  }

  private static Row end(
      int number, long belowThreshold, long blank, String spelling, String mistake) {
    return RowFactory.create(
        null,
        spelling + " " + mistake,
        0f,
        0L,
        (((long) number + 1) << LINE_BITS) - 1,
        belowThreshold,
        blank,
        "");
  }

  private static final class Lines implements Iterator<Row> {
    private final int number;
    private final Source source;
    private final InteractionLines lines;
    private long line;
    private Optional<Row> next;
    private boolean ended;

    Lines(int number, Source source, InteractionLines lines) {
      this.number = number;
      this.source = source;
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
                  0L,
                  String.join(PART, lines.context())));
        }
        lines.close();
      } catch (UserError e) {
        mistake = e.getMessage();
      } catch (IOException e) {
        mistake = unreadable(source, e);
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
