// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.neuralrescore.trainer.data.interactions.InteractionCollector;
import org.neuralrescore.trainer.data.interactions.InteractionPart;

/** All lines of some users, in their order, to one part of the data set. */
final class PartOfUsers implements FlatMapFunction<Iterator<Row>, PartOfUsers.Gathered> {
  private static final long serialVersionUID = 1L;

  private final WireRules wire;

  PartOfUsers(WireRules wire) {
    this.wire = wire;
  }

  /** What came of a partition. */
  static final class Gathered implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] part;
    private final List<LinesOfFile.End> ends;

    private Gathered(byte[] part, List<LinesOfFile.End> ends) {
      this.part = part;
      this.ends = ends;
    }

    /** The users' interactions. */
    InteractionPart part() {
      return InteractionPart.of(part);
    }

    /** Ends of files that came this way. */
    List<LinesOfFile.End> ends() {
      return ends;
    }
  }

  @Override
  public Iterator<Gathered> call(Iterator<Row> lines) {
    List<String> columns = wire.format().context();
    InteractionCollector collector = new InteractionCollector(wire.rules(), columns);
    List<LinesOfFile.End> ends = new ArrayList<>();
    while (lines.hasNext()) {
      Row row = lines.next();
      if (row.isNullAt(0)) {
        ends.add(LinesOfFile.End.of(row));
      } else {
        collector.add(
            row.getString(0),
            row.getString(1),
            row.getFloat(2),
            row.getLong(3),
            LinesOfFile.context(row, columns.size()));
      }
    }
    return List.of(new Gathered(collector.part().toBytes(), ends)).iterator();
  }
}
