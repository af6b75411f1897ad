package org.neuralrescore.trainer.variant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;

/**
 * Which variant ships. A variant qualifies where a paired bootstrap over validation cases finds it
 * better than the dot product in at least {@value #BAR} of the draws; the best NDCG among those
 * wins. None qualifies: the dot product ships. The best of several is compared, which flatters it a
 * little; the bar is there for that.
 *
 * @param winner what ships
 * @param gains each variant's gain over the dot product, in the variants' order
 * @param reason one sentence for a person
 */
public record VariantChoice(Method winner, List<Gain> gains, String reason) {
  /** The share of draws in which a variant must be better. */
  public static final double BAR = 0.9;

  public VariantChoice {
    gains = List.copyOf(gains);
  }

  /**
   * A variant against the dot product.
   *
   * @param ndcg the variant's
   * @param bootstrap of the difference in NDCG
   */
  public record Gain(Method method, double ndcg, PairedBootstrap bootstrap) {}

  /**
   * Chooses.
   *
   * @param variants the dot product first
   * @param seed of the draws
   */
  public static VariantChoice among(List<Variant> variants, long seed) {
    if (variants.isEmpty() || variants.get(0).method() != Method.DOT) {
      throw new IllegalArgumentException("variant choice expects the dot product first");
    }
    Variant dot = variants.get(0);
    List<Gain> gains = new ArrayList<>();
    Gain best =
        new Gain(Method.DOT, dot.validation().mean().ndcg(), new PairedBootstrap(0, 0, 0, 0));
    Gain nearest = best;
    for (Variant variant : variants.subList(1, variants.size())) {
      Gain gain =
          new Gain(
              variant.method(),
              variant.validation().mean().ndcg(),
              PairedBootstrap.compare(
                  variant.validation(), dot.validation(), CaseMetrics::ndcg, seed));
      gains.add(gain);
      if (gain.bootstrap().probability() >= BAR && gain.ndcg() > best.ndcg()) {
        best = gain;
      }
      if (nearest.method() == Method.DOT || gain.ndcg() > nearest.ndcg()) {
        nearest = gain;
      }
    }
    return new VariantChoice(best.method(), gains, reason(best, nearest, dot));
  }

  private static String reason(Gain best, Gain nearest, Variant dot) {
    if (nearest.method() == Method.DOT) {
      return "nothing but the dot product was asked for";
    }
    boolean beaten = best.method() != Method.DOT;
    Gain shown = beaten ? best : nearest;
    return String.format(
        Locale.ROOT,
        "on validation %s with NDCG %.4f %s the dot product's %.4f (difference %+.4f, 95 %% interval"
            + " %+.4f to %+.4f, better in %.0f %% of bootstrap draws, %.0f %% asked for)",
        shown.method().label(),
        shown.ndcg(),
        beaten ? "beats" : "does not surely beat",
        dot.validation().mean().ndcg(),
        shown.bootstrap().difference(),
        shown.bootstrap().low(),
        shown.bootstrap().high(),
        100 * shown.bootstrap().probability(),
        100 * BAR);
  }
}
