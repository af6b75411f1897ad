package org.neuralrescore.trainer.scorer;

import java.util.Locale;
import org.neuralrescore.trainer.eval.PairedBootstrap;

/**
 * Which scorer ships, decided on validation cases alone: the network where a paired bootstrap finds
 * it better than the plain dot product, else the dot product. The best of several epochs is
 * compared, which flatters the network a little; the bar of {@value #BAR} is there for that.
 *
 * @param variant what ships
 * @param epochs after how many epochs the network was best, 0 where none was trained
 * @param networkNdcg validation NDCG of the network at that epoch, 0 where none was trained
 * @param dotNdcg validation NDCG of the plain dot product, 0 where none was trained
 * @param probability the share of bootstrap draws in which the network was better
 * @param reason one sentence for a person
 */
public record ScorerChoice(
    Variant variant,
    int epochs,
    double networkNdcg,
    double dotNdcg,
    double probability,
    String reason) {
  /** The share of draws in which the network must be better. */
  public static final double BAR = 0.9;

  /** What a scorer is made of. */
  public enum Variant {
    /** {@code a <user, item> + c}. */
    DOT,
    /** {@code a <user, item> + c + MLP}. */
    NETWORK
  }

  /** The dot product, since nothing else was asked for. */
  public static ScorerChoice dotByOption() {
    return new ScorerChoice(Variant.DOT, 0, 0, 0, 0, "no hidden layers were asked for");
  }

  static ScorerChoice of(
      ScorerOptions.Selection selection,
      int epochs,
      double networkNdcg,
      double dotNdcg,
      PairedBootstrap gain) {
    boolean better = gain.probability() >= BAR;
    String reason =
        String.format(
            Locale.ROOT,
            "on validation the network's NDCG %.4f %s the dot product's %.4f (difference %+.4f,"
                + " better in %.0f %% of bootstrap draws, %.0f %% asked for)",
            networkNdcg,
            better ? "beats" : "does not surely beat",
            dotNdcg,
            gain.difference(),
            100 * gain.probability(),
            100 * BAR);
    boolean always = selection == ScorerOptions.Selection.ALWAYS_NETWORK;
    return new ScorerChoice(
        better || always ? Variant.NETWORK : Variant.DOT,
        epochs,
        networkNdcg,
        dotNdcg,
        gain.probability(),
        always ? reason + "; the network was asked for" : reason);
  }
}
