// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/** One fold of explicit ratings: what is learned from, and the ratings to predict. */
public final class RatingFold {
  private final String name;
  private final Histories learned;
  private final int[] users;
  private final int[] items;
  private final float[] ratings;

  private RatingFold(String name, Histories learned, int[] users, int[] items, float[] ratings) {
    this.name = name;
    this.learned = learned;
    this.users = users;
    this.items = items;
    this.ratings = ratings;
  }

  /**
   * The five folds of MovieLens 100K: {@code u1.base}, {@code u1.test} to {@code u5.test}, tabs
   * between user, item, rating and time, no header.
   *
   * @throws UserError of kind INPUT where a file is missing or malformed
   */
  public static List<RatingFold> movieLens100k(Path folder) {
    List<RatingFold> folds = new ArrayList<>();
    for (int fold = 1; fold <= 5; fold++) {
      Path base = folder.resolve("u" + fold + ".base");
      Path test = folder.resolve("u" + fold + ".test");
      for (Path file : List.of(base, test)) {
        if (!Files.isRegularFile(file)) {
          throw new UserError(
              UserError.Kind.INPUT,
              file + ": no such file; unpack MovieLens 100K (u1.base to u5.test) there");
        }
      }
      InteractionReader reader =
          new InteractionReader(InteractionFormat.movieLens100k(), ReadingRules.defaults());
      folds.add(of("u" + fold, reader.read(base), reader.read(test)));
    }
    return folds;
  }

  /** Learns from one data set and predicts another, by their ids. */
  public static RatingFold of(String name, Interactions base, Interactions test) {
    Histories asked = test.histories();
    int[] users = new int[asked.size()];
    int[] items = new int[asked.size()];
    float[] ratings = new float[asked.size()];
    for (int u = 0; u < asked.userCount(); u++) {
      int user = base.users().row(test.users().get(u)).orElse(-1);
      for (int p = asked.start(u); p < asked.end(u); p++) {
        users[p] = user;
        items[p] = base.items().row(test.items().get(asked.item(p))).orElse(-1);
        ratings[p] = asked.rating(p);
      }
    }
    return new RatingFold(name, base.histories(), users, items, ratings);
  }

  /**
   * Folds of one data set: every rating is predicted in exactly one of them, drawn with a seed.
   *
   * @param count at least 2
   */
  public static List<RatingFold> draw(Histories all, int count, long seed) {
    if (count < 2 || all.size() < count) {
      throw new IllegalArgumentException(
          "rating folds expect 2 to " + all.size() + " folds, got " + count);
    }
    int[] order = new int[all.size()];
    int[] userOf = new int[all.size()];
    for (int u = 0; u < all.userCount(); u++) {
      for (int p = all.start(u); p < all.end(u); p++) {
        order[p] = p;
        userOf[p] = u;
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    List<RatingFold> folds = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      int from = (int) ((long) all.size() * fold / count);
      int to = (int) ((long) all.size() * (fold + 1) / count);
      boolean[] keep = new boolean[all.size()];
      Arrays.fill(keep, true);
      int[] users = new int[to - from];
      int[] items = new int[to - from];
      float[] ratings = new float[to - from];
      for (int i = from; i < to; i++) {
        int p = order[i];
        keep[p] = false;
        users[i - from] = userOf[p];
        items[i - from] = all.item(p);
        ratings[i - from] = all.rating(p);
      }
      folds.add(new RatingFold("fold " + (fold + 1), all.select(keep), users, items, ratings));
    }
    return folds;
  }

  /** Its name in reports. */
  public String name() {
    return name;
  }

  /** What is learned from. */
  public Histories learned() {
    return learned;
  }

  /** The number of ratings to predict. */
  public int size() {
    return ratings.length;
  }

  /** How far a model's predictions are from the ratings. */
  public RatingError error(RatingModel model) {
    double squares = 0;
    double absolutes = 0;
    for (int i = 0; i < ratings.length; i++) {
      double error = model.predict(users[i], items[i]) - ratings[i];
      squares += error * error;
      absolutes += Math.abs(error);
    }
    return new RatingError(
        name, Math.sqrt(squares / ratings.length), absolutes / ratings.length, ratings.length);
  }
}
