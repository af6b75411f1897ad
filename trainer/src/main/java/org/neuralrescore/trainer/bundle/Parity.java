package org.neuralrescore.trainer.bundle;

import java.util.List;

/**
 * Inputs with the outputs that the trainer computed: whoever serves the graphs must come to the
 * same, {@code |a - b| <= tolerance max(1, |b|)}.
 *
 * @param tolerance how far apart two may be
 * @param scores one user against some items each
 * @param users one history each
 */
record Parity(float tolerance, List<Scores> scores, List<Users> users) {
  Parity {
    scores = List.copyOf(scores);
    users = List.copyOf(users);
  }

  /** One run of the scorer. */
  static final class Scores {
    final float[] user;
    final float[] context;
    final float[] items;
    final float[] features;
    final float[] output;

    /**
     * @param user [rank]
     * @param context [c], empty where the scorer reads none
     * @param items row-major [rows x rank]
     * @param features row-major [rows x f], empty where the scorer reads none
     * @param output [rows], before the transform
     */
    Scores(float[] user, float[] context, float[] items, float[] features, float[] output) {
      this.user = user;
      this.context = context;
      this.items = items;
      this.features = features;
      this.output = output;
    }
  }

  /** One run of the encoder. */
  static final class Users {
    final float[] items;
    final float[] weights;
    final float[] user;

    /**
     * @param items row-major [n x rank]
     * @param weights [n]
     * @param user [rank]
     */
    Users(float[] items, float[] weights, float[] user) {
      this.items = items;
      this.weights = weights;
      this.user = user;
    }
  }
}
