package org.neuralrescore.trainer.served.agreement;

/**
 * What a served score is made of a logit: the bundle's transform, computed apart from the server.
 */
public final class FinalScore {
  /** Rescored hits never fall below 2^-40. */
  private static final float FLOOR = 0x1p-40f;

  private FinalScore() {}

  /** {@code log(1 + e^x)}, positive and monotone, without overflow on either side. */
  public static float softplus(float logit) {
    double value = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs((double) logit)));
    return Math.max(FLOOR, (float) value);
  }
}
