package org.neuralrescore.trainer.served.agreement;

/**
 * What a served score is made of a logit: the bundle's transform, computed apart from the server.
 */
public final class FinalScore {
  /** What the server has below is squeezed, its order kept; here it is level, as noise. */
  private static final float FLOOR = 0x1p-40f;

  private FinalScore() {}

  /** {@code log(1 + e^x)}, positive and monotone, without overflow on either side. */
  public static float softplus(float logit) {
    double value = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs((double) logit)));
    return Math.max(FLOOR, (float) value);
  }
}
