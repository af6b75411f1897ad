// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.neuralrescore.trainer.data.interactions.HistoryBlock;
import org.neuralrescore.trainer.data.interactions.InteractionCollector;
import org.neuralrescore.trainer.data.interactions.InteractionPart;
import org.neuralrescore.trainer.data.interactions.PartHead;

/** All lines of some users, in their order, to one part of the data set. */
final class PartOfUsers implements FlatMapFunction<Iterator<Row>, PartOfUsers.Gathered> {
  private static final long serialVersionUID = 1L;

  private final WireRules wire;

  PartOfUsers(WireRules wire) {
    this.wire = wire;
  }

  /** What came of a partition, on the cluster; its interactions travel when the rest is known. */
  static final class Gathered implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Told told;
    private final byte[] histories;

    private Gathered(InteractionPart part, List<LinesOfFile.End> ends) {
      this.told = new Told(part.head().toBytes(), part.users().size(), ends);
      this.histories = HistoryBlock.writeAll(part.histories());
    }

    /** All but the interactions. */
    Told told() {
      return told;
    }

    /** How many users and which ends, and none of their names. */
    Told counted() {
      return new Told(new byte[0], told.users, told.ends);
    }

    /** All of it. */
    InteractionPart part() {
      return new InteractionPart(told.head(), HistoryBlock.read(histories));
    }

    /** The interactions, as {@link HistoryBlock#read} reads them. */
    byte[] histories() {
      return histories;
    }
  }

  /** What a partition tells before its interactions travel. */
  static final class Told implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] head;
    private final int users;
    private final List<LinesOfFile.End> ends;

    private Told(byte[] head, int users, List<LinesOfFile.End> ends) {
      this.head = head;
      this.users = users;
      this.ends = ends;
    }

    /** How many users. */
    int users() {
      return users;
    }

    /** Of the users' interactions. */
    PartHead head() {
      return PartHead.of(head);
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
    return List.of(new Gathered(collector.part(), ends)).iterator();
  }
}
