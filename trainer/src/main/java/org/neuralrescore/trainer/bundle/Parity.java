package org.neuralrescore.trainer.bundle;

import java.util.List;
import org.neuralrescore.trainer.model.ScorerRequest;

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
    final ScorerRequest request;
    final float[] items;
    final float[] features;
    final float[] output;

    /**
     * @param request u, q and r as far as the scorer reads them
     * @param items row-major [rows x rank]
     * @param features row-major [rows x f], empty where the scorer reads none
     * @param output [rows], before the transform
     */
    Scores(ScorerRequest request, float[] items, float[] features, float[] output) {
      this.request = request;
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
