// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The planted truth: a person likes one tone in a few settings, and moves on from one favourite
 * setting to the next over time, so what was watched last says most about what comes next.
 */
final class TasteModel {
  /** The part of a person's choices that follows no taste at all. */
  private static final double NOISE = 0.1;

  private final double[][] cumulative;
  private final int[][] filmsOfCluster;

  TasteModel(List<Film> films) {
    filmsOfCluster = new int[Film.clusters()][];
    cumulative = new double[Film.clusters()][];
    for (int cluster = 0; cluster < filmsOfCluster.length; cluster++) {
      int wanted = cluster;
      filmsOfCluster[cluster] =
          films.stream().filter(f -> f.cluster() == wanted).mapToInt(f -> f.id() - 1).toArray();
      cumulative[cluster] = new double[filmsOfCluster[cluster].length];
      double sum = 0;
      for (int i = 0; i < filmsOfCluster[cluster].length; i++) {
        sum += films.get(filmsOfCluster[cluster][i]).appeal();
        cumulative[cluster][i] = sum;
      }
    }
  }

  /** The rows of a cluster's films, rising. */
  int[] filmsOf(int cluster) {
    return filmsOfCluster[cluster];
  }

  /** One person's tone and the settings in the order in which they take over. */
  record Person(int tone, List<Integer> settings, int interactions) {
    static Person draw(RandomGenerator random) {
      List<Integer> settings = new ArrayList<>();
      for (int i = 2 + random.nextInt(2); i > 0; i--) {
        settings.add(random.nextInt(Setting.ALL.size()));
      }
      // A power law between 8 and 200 interactions, about 28 on average.
      int interactions = (int) Math.min(200, 8 / Math.pow(1 - random.nextDouble(), 0.8));
      return new Person(random.nextInt(Tone.ALL.size()), settings, interactions);
    }
  }

  /**
   * The next film of a person.
   *
   * @param progress how far through their history, in [0, 1)
   * @return a film's row, perhaps one that they saw before
   */
  int choose(Person person, double progress, RandomGenerator random) {
    int tones = Tone.ALL.size();
    int setting = person.settings().get((int) (progress * person.settings().size()));
    int cluster = setting * tones + person.tone();
    double mood = random.nextDouble();
    if (mood < NOISE) {
      cluster = random.nextInt(Film.clusters());
    } else if (mood < 0.3) {
      // The same tone anywhere, as people who like comedies do.
      cluster = random.nextInt(Setting.ALL.size()) * tones + person.tone();
    } else if (mood < 0.4) {
      cluster = setting * tones + random.nextInt(tones);
    }
    return draw(cluster, random);
  }

  /**
   * A film of a cluster by its appeal.
   *
   * @return its row; -1 where the cluster is empty
   */
  int draw(int cluster, RandomGenerator random) {
    double[] weights = cumulative[cluster];
    if (weights.length == 0) {
      return -1;
    }
    double point = random.nextDouble() * weights[weights.length - 1];
    int found = Arrays.binarySearch(weights, point);
    return filmsOfCluster[cluster][Math.min(weights.length - 1, found < 0 ? -found - 1 : found)];
  }
}
