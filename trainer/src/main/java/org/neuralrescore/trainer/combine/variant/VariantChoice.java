package org.neuralrescore.trainer.combine.variant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;

/**
 * Which variant ships. A variant qualifies where a paired bootstrap over validation cases finds it
 * better than the dot product in enough of the draws: {@value #BAR} where one is compared, and with
 * several the share that may be luck is divided among them (Bonferroni), since the best of many is
 * likelier to be a lucky one. The best NDCG among those that qualify wins; where none does, the dot
 * product ships.
 *
 * @param winner what ships
 * @param gains each variant's gain over the dot product, in the variants' order
 * @param reason one sentence for a person
 */
public record VariantChoice(Method winner, List<Gain> gains, String reason) {
  /** The share of draws in which a single variant must be better. */
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
    double bar = bar(variants.size() - 1);
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
      if (gain.bootstrap().probability() >= bar && gain.ndcg() > best.ndcg()) {
        best = gain;
      }
      if (nearest.method() == Method.DOT || gain.ndcg() > nearest.ndcg()) {
        nearest = gain;
      }
    }
    return new VariantChoice(best.method(), gains, reason(best, nearest, dot, bar));
  }

  /** The share of draws that is asked for where so many variants are compared. */
  static double bar(int compared) {
    return 1 - (1 - BAR) / Math.max(1, compared);
  }

  private static String reason(Gain best, Gain nearest, Variant dot, double bar) {
    if (nearest.method() == Method.DOT) {
      return "nothing but the dot product was asked for";
    }
    boolean beaten = best.method() != Method.DOT;
    Gain shown = beaten ? best : nearest;
    return String.format(
        Locale.ROOT,
        "on validation %s with NDCG %.4f %s the dot product's %.4f (difference %+.4f, 95 %% interval"
            + " %+.4f to %+.4f, better in %.1f %% of bootstrap draws, %.1f %% asked for)",
        shown.method().label(),
        shown.ndcg(),
        beaten ? "beats" : "does not surely beat",
        dot.validation().mean().ndcg(),
        shown.bootstrap().difference(),
        shown.bootstrap().low(),
        shown.bootstrap().high(),
        100 * shown.bootstrap().probability(),
        100 * bar);
  }
}
