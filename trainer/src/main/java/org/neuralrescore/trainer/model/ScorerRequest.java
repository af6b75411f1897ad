// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * What a scorer is fed once a search, the same for all items: the user u, what is known of the
 * request (q), and the user's recent vector r. Also who stands in for somebody unknown. Arrays are
 * not copied: readers must not write.
 */
public final class ScorerRequest {
  private static final float[] NOTHING = {};

  private final float[] user;
  private final float[] context;
  private final float[] recent;

  private ScorerRequest(float[] user, float[] context, float[] recent) {
    this.user = user;
    this.context = context;
    this.recent = recent;
  }

  /**
   * A user alone.
   *
   * @param user u, [rank]
   */
  public static ScorerRequest of(float[] user) {
    return new ScorerRequest(user, NOTHING, NOTHING);
  }

  /**
   * The same in a context.
   *
   * @param value q, [c]; empty for a scorer that reads none
   */
  public ScorerRequest withContext(float[] value) {
    return new ScorerRequest(user, value, recent);
  }

  /**
   * The same with a recent vector.
   *
   * @param value r, [rank]; empty for a scorer that reads none
   */
  public ScorerRequest withRecent(float[] value) {
    return new ScorerRequest(user, context, value);
  }

  /** u. */
  public float[] user() {
    return user;
  }

  /** q. */
  public float[] context() {
    return context;
  }

  /** r. */
  public float[] recent() {
    return recent;
  }
}
