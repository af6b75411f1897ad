// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;
import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryBlock;
import org.neuralrescore.trainer.data.interactions.InteractionPart;
import org.neuralrescore.trainer.data.interactions.InteractionUnion;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.PartHead;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.StayingPart;
import org.neuralrescore.trainer.data.interactions.UserDraw;
import org.neuralrescore.trainer.engine.EngineOptions.DriverUsers;

/**
 * Some users brought to the driver, drawn by their ids; of all others it hears how many touched
 * what. What it holds grows with those users and with the items, not with the interactions.
 *
 * @param interactions of those who came
 * @param staying all others; the caller closes them, and the parts with them
 */
record SomeUsers(Interactions interactions, StayingUsers staying) {
  /** Parts whose items the driver hears of together. */
  private static final int AT_ONCE = 16;

  /** Of fewer nobody would be left on one of both sides. */
  private static final int FEWEST = 4;

  /** What a part tells: heads of both. */
  private static final class Heads implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] drawn;
    private final byte[] staying;

    private Heads(InteractionPart part, WireDraw draw) {
      this.drawn = draw.drawn(part).head().toBytes();
      this.staying = StayingPart.of(draw.staying(part)).toBytes();
    }
  }

  /**
   * Brings them.
   *
   * @param name what errors call the files
   * @param timed whether they have times
   * @throws UserError of kind USAGE where too few would stay
   */
  static SomeUsers of(
      SparkSession spark,
      Parts parts,
      DriverUsers asked,
      ReadingRules rules,
      String name,
      boolean timed,
      Progress progress) {
    InteractionUnion union = parts.union(rules);
    int[] users = new int[parts.told().size()];
    long all = parts.told().stream().mapToLong(PartOfUsers.Told::users).sum();
    if (all == 0) {
      // Says what became of all lines.
      union.finish(
          name,
          timed,
          () -> {
            throw new IllegalStateException("nobody has a history");
          });
    }
    WireDraw draw = WireDraw.of(draw(name, all, asked));
    try (TaskProgress watched =
        TaskProgress.ofTasks(spark, progress, Parts.GATHERING, 2L * users.length)) {
      return watched.during(
          () -> {
            Iterator<Heads> heads =
                Waves.of(parts.kept().map(part -> new Heads(part.part(), draw)), AT_ONCE);
            for (int part = 0; part < users.length; part++) {
              Heads both = heads.next();
              StayingPart staying = StayingPart.of(both.staying);
              users[part] = staying.users();
              union.add(PartHead.of(both.drawn)).add(staying);
            }
            Iterator<byte[]> blocks =
                Waves.of(
                    parts
                        .kept()
                        .map(part -> HistoryBlock.writeAll(draw.drawn(part.part()).histories())),
                    AT_ONCE);
            Interactions drawn = union.finish(name, timed, () -> HistoryBlock.read(blocks.next()));
            if (drawn.histories().elsewhere().users() == 0) {
              throw new UserError(
                  USAGE, "all " + all + " users were drawn; take a smaller --driver-users");
            }
            return new SomeUsers(drawn, StayingUsers.of(spark, parts, draw, users, drawn));
          });
    } catch (Exception e) {
      throw SparkReader.failed(name, e);
    }
  }

  private static UserDraw draw(String name, long all, DriverUsers asked) {
    if (all < FEWEST) {
      throw new UserError(
          INPUT,
          name
              + " has "
              + all
              + " users, too few to leave some on executors; leave --driver-users out");
    }
    // Who stays teaches the factors: half of all at least.
    long most = all / 2;
    if (asked.users() > most) {
      throw new UserError(
          USAGE,
          String.format(
              Locale.ROOT,
              "--driver-users %,d of %,d users leaves too few to learn factors from; take %,d or"
                  + " fewer, or leave it out, and factors are learned from all",
              asked.users(),
              all,
              most));
    }
    return new UserDraw((double) asked.users() / all, asked.seed());
  }
}
