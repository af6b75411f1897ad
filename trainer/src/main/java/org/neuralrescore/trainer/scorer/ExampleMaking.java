// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.math.ArraySize;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.ContextRows;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.ItemsWithoutUser;
import org.neuralrescore.trainer.factors.PrefixEncoder;
import org.neuralrescore.trainer.factors.RecentEncoder;
import org.neuralrescore.trainer.factors.RecentPrefixes;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.RecentItems;

/**
 * Makes positives of the histories that factors were learned from, as serving will see them: who
 * came with what, then touched an item that did not know it.
 */
final class ExampleMaking {
  private static final int USERS_PER_PART = 16;
  private static final int ITEMS_PER_PART = 64;

  private final FactorModel model;
  private final Histories histories;
  private final int rank;
  private final int[] slots;
  private final float[] userVectors;
  private final float[] itemVectors;
  private final int[] users;
  private final int[] items;
  private final int[] positions;
  private final long[] times;
  private final ContextRows contextRows;
  private final float[] contexts;
  private final Optional<RecentEncoder> recentEncoder;
  private final float[] recents;

  private ExampleMaking(
      FactorModel model,
      List<ContextColumn> context,
      Optional<RecentItems> recent,
      int[] slots,
      int size) {
    this.model = model;
    this.histories = model.learned();
    this.rank = model.encoder().items().rank();
    this.slots = slots;
    userVectors = new float[Math.multiplyExact(size, rank)];
    itemVectors = new float[userVectors.length];
    users = new int[size];
    items = new int[size];
    positions = new int[size];
    times = new long[size];
    contextRows = new ContextRows(histories.context(), context);
    contexts = new float[Math.multiplyExact(size, contextRows.width())];
    recentEncoder = recent.map(items -> new RecentEncoder(model.encoder(), items));
    recents = new float[recent.isPresent() ? userVectors.length : 0];
  }

  /**
   * Takes at most {@code limit} positions, drawn with a seed, that have something before them.
   *
   * @param context the columns of the examples' context rows
   * @param recent how the examples' recent vectors are made, where a network reads them
   */
  static PositiveExamples of(
      FactorModel model,
      List<ContextColumn> context,
      Optional<RecentItems> recent,
      int limit,
      long seed,
      Workers workers) {
    int[] slots = draw(model.learned(), limit, new SplittableRandom(seed));
    int size = 0;
    for (int slot : slots) {
      size = Math.max(size, slot + 1);
    }
    requireRoom(
        size, model.encoder().items().rank(), recent.isPresent(), Runtime.getRuntime().maxMemory());
    ExampleMaking making = new ExampleMaking(model, context, recent, slots, size);
    making.fillUsers(workers);
    making.fillItems(workers);
    return new PositiveExamples(
        making.rank,
        making.userVectors,
        making.itemVectors,
        making.users,
        making.items,
        making.positions,
        making.times,
        making.contexts,
        making.recents);
  }

  /**
   * Whether examples fit: two vectors each, three with a recent one, and once more where a network
   * scales them.
   *
   * @param heap bytes that there are at most
   * @throws UserError of kind USAGE where they do not
   */
  static void requireRoom(int size, int rank, boolean recent, long heap) {
    long bytes = 2L * size * rank * (recent ? 3 : 2) * Float.BYTES;
    if ((long) size * rank > ArraySize.MOST || bytes > heap) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--examples "
              + size
              + " of "
              + rank
              + " factors take "
              + (bytes >> 20)
              + " MB, and the heap has "
              + (heap >> 20)
              + "; take fewer"
              + ((long) size * rank > ArraySize.MOST
                  ? ": " + ArraySize.MOST / rank + " at most"
                  : ", or give the JVM more by -Xmx"));
    }
  }

  /** The example number of every position, -1 where it is none. */
  private static int[] draw(Histories histories, int limit, SplittableRandom random) {
    int open = 0;
    for (int u = 0; u < histories.userCount(); u++) {
      open += Math.max(0, histories.length(u) - 1);
    }
    int wanted = Math.min(limit, open);
    int[] slots = new int[histories.size()];
    int next = 0;
    for (int u = 0; u < histories.userCount(); u++) {
      for (int p = histories.start(u); p < histories.end(u); p++) {
        slots[p] = -1;
        if (p > histories.start(u) && random.nextInt(open--) < wanted - next) {
          slots[p] = next++;
        }
      }
    }
    return slots;
  }

  private void fillUsers(Workers workers) {
    workers.runRows(
        histories.userCount(),
        USERS_PER_PART,
        (part, from, to) -> {
          PrefixEncoder prefixes = new PrefixEncoder(model.encoder());
          Optional<RecentPrefixes> newest = recentEncoder.map(RecentPrefixes::new);
          for (int u = from; u < to; u++) {
            int user = u;
            prefixes.walk(
                histories,
                user,
                position -> slots[position] >= 0,
                (position, vector) -> {
                  int slot = slots[position];
                  users[slot] = user;
                  items[slot] = histories.item(position);
                  positions[slot] = position;
                  times[slot] = histories.time(position);
                  contextRows.fill(position, contexts, slot * contextRows.width());
                  round(vector, userVectors, slot);
                  newest.ifPresent(
                      recent -> recent.encode(histories, user, position, recents, slot * rank));
                });
          }
        });
  }

  private void fillItems(Workers workers) {
    int[] starts = new int[histories.itemCount() + 1];
    for (int item : items) {
      starts[item + 1]++;
    }
    for (int i = 0; i < histories.itemCount(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] byItem = new int[items.length];
    for (int slot = 0; slot < items.length; slot++) {
      byItem[next[items[slot]]++] = slot;
    }
    Supplier<ItemsWithoutUser> withoutUser = model.itemsWithoutUser();
    workers.runRows(
        histories.itemCount(),
        ITEMS_PER_PART,
        (part, from, to) -> {
          ItemsWithoutUser without = withoutUser.get();
          for (int item = from; item < to; item++) {
            if (starts[item] < starts[item + 1]) {
              without.select(item);
            }
            for (int i = starts[item]; i < starts[item + 1]; i++) {
              round(without.without(users[byItem[i]]), itemVectors, byItem[i]);
            }
          }
        });
  }

  private void round(double[] vector, float[] to, int slot) {
    for (int f = 0; f < rank; f++) {
      to[slot * rank + f] = (float) vector[f];
    }
  }
}
