// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.data.interactions.Elsewhere;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionPart;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.UserBlocks;

/** Users who stay on executors' disks: learned from and encoded where they are. */
final class StayingUsers implements AutoCloseable {
  /** Of vectors that the driver holds together: 256 MB. */
  private static final long MOST_VALUES = 1L << 26;

  private final Parts parts;
  private final WireDraw draw;
  private final int[] firstUser;
  private final Elsewhere counted;
  private final Broadcast<List<String>> items;

  private StayingUsers(
      Parts parts,
      WireDraw draw,
      int[] firstUser,
      Elsewhere counted,
      Broadcast<List<String>> items) {
    this.parts = parts;
    this.draw = draw;
    this.firstUser = firstUser;
    this.counted = counted;
    this.items = items;
  }

  /**
   * Those of some parts.
   *
   * @param parts closed with these
   * @param draw of those who do not stay
   * @param users how many of each part stay
   * @param drawn the data set of the others, which knows all items
   */
  static StayingUsers of(
      SparkSession spark, Parts parts, WireDraw draw, int[] users, Interactions drawn) {
    int[] firstUser = new int[users.length + 1];
    for (int part = 0; part < users.length; part++) {
      firstUser[part + 1] = Math.addExact(firstUser[part], users[part]);
    }
    return new StayingUsers(
        parts,
        draw,
        firstUser,
        drawn.histories().elsewhere(),
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(drawn.items().asList()));
  }

  /** What is known of all of them together. */
  Elsewhere counted() {
    return counted;
  }

  /** What factors of theirs depend on: their interactions, and which items there are. */
  String hash() {
    MessageDigest digest = Sha256.digest();
    for (String item : items.value()) {
      digest.update(item.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    return Sha256.hex(digest, counted.sha256().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A one an interaction, as {@link RatingBlock#SCHEMA} has it; users are numbered as they stand.
   */
  JavaRDD<Row> ratings() {
    return parts.kept().mapPartitionsWithIndex(new Ratings(draw, firstUser, items), true);
  }

  private static final class Ratings
      implements Function2<Integer, Iterator<PartOfUsers.Gathered>, Iterator<Row>> {
    private static final long serialVersionUID = 1L;

    private final WireDraw draw;
    private final int[] firstUser;
    private final Broadcast<List<String>> items;

    private Ratings(WireDraw draw, int[] firstUser, Broadcast<List<String>> items) {
      this.draw = draw;
      this.firstUser = firstUser;
      this.items = items;
    }

    @Override
    public Iterator<Row> call(Integer part, Iterator<PartOfUsers.Gathered> gathered) {
      if (!gathered.hasNext()) {
        return List.<Row>of().iterator();
      }
      Histories histories = draw.staying(gathered.next().part()).among(items.value());
      return RatingBlock.of(firstUser[part], histories).rows();
    }
  }

  /** Encodes them, a part after the other. */
  void encode(HistoryEncoder encoder, UserBlocks.Visitor visitor) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(parts.kept().context());
    Broadcast<WireEncoder> broadcast = context.broadcast(WireEncoder.of(encoder));
    try {
      WireDraw whom = draw;
      Broadcast<List<String>> rows = items;
      int rank = encoder.items().rank();
      Iterator<Encoded> blocks =
          new Waves<>(
              parts
                  .kept()
                  .map(
                      part ->
                          new Encoded(whom.staying(part.part()), rows.value(), broadcast.value())),
              usersOfParts(),
              MOST_VALUES / rank);
      while (blocks.hasNext()) {
        Encoded block = blocks.next();
        visitor.block(block.ids, new FactorMatrix(block.ids.size(), rank, block.vectors));
      }
    } finally {
      broadcast.destroy();
    }
  }

  private long[] usersOfParts() {
    long[] users = new long[firstUser.length - 1];
    Arrays.setAll(users, part -> firstUser[part + 1] - firstUser[part]);
    return users;
  }

  /** Users of a part with their vectors, on their way to the driver. */
  private static final class Encoded implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> ids;
    private final float[] vectors;

    private Encoded(InteractionPart users, List<String> items, WireEncoder encoder) {
      this.ids = users.users();
      this.vectors = encoder.encode(users.among(items));
    }
  }

  @Override
  public void close() {
    items.destroy();
    parts.close();
  }
}
