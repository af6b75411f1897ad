package org.neuralrescore.trainer.scorer;

import java.util.Optional;
import org.neuralrescore.trainer.eval.Choice;

/**
 * Which scorer ships, decided on validation cases alone: the network where a paired bootstrap finds
 * it better than the plain dot product, else the dot product. The best of several epochs is
 * compared, which flatters the network a little; the bar of {@link Choice} is there for that.
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

  static ScorerChoice of(ScorerOptions.Selection selection, int epochs, Choice choice) {
    boolean always = selection == ScorerOptions.Selection.ALWAYS_NETWORK;
    return new ScorerChoice(
        choice.beaten() || always ? Variant.NETWORK : Variant.DOT,
        epochs,
        choice.candidates().get(1).mean().ndcg(),
        choice.candidates().get(0).mean().ndcg(),
        choice.lead().probability(),
        always ? choice.reason() + "; the network was asked for" : choice.reason());
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
