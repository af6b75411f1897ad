package org.neuralrescore.trainer.scorer;

import java.util.Locale;
import java.util.Optional;
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
 * @param features whether the network that reads features ships; empty where none was asked for. If
 *     so, {@code epochs} and {@code networkNdcg} are its own
 */
public record ScorerChoice(
    Variant variant,
    int epochs,
    double networkNdcg,
    double dotNdcg,
    double probability,
    String reason,
    Optional<FeatureChoice> features) {
  /** A choice without features. */
  public ScorerChoice(
      Variant variant,
      int epochs,
      double networkNdcg,
      double dotNdcg,
      double probability,
      String reason) {
    this(variant, epochs, networkNdcg, dotNdcg, probability, reason, Optional.empty());
  }

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

  /** Whether the scorer that ships reads features. */
  public boolean readsFeatures() {
    return features.isPresent() && features.get().ships();
  }

  /** The same choice with a network beside it that reads features. */
  ScorerChoice with(FeatureChoice choice) {
    return new ScorerChoice(
        choice.ships() ? Variant.NETWORK : variant,
        choice.ships() ? choice.epochs() : epochs,
        choice.ships() ? choice.ndcg() : networkNdcg,
        dotNdcg,
        probability,
        reason + "; " + choice.reason(),
        Optional.of(choice));
  }
}
