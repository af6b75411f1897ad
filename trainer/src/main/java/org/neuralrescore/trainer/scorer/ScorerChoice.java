// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.eval.Choice;

/**
 * Which scorer ships, decided on validation cases alone: the network where a paired bootstrap finds
 * it better than what would ship without, which is the plain dot product or, where histories are
 * asked, what {@link LinearChoice} says. The best of several epochs is compared, which flatters the
 * network a little; the bar of {@link Choice} is there for that.
 *
 * @param variant what ships
 * @param epochs after how many epochs the network was best, 0 where none was trained
 * @param networkNdcg validation NDCG of the network at that epoch, 0 where none was trained
 * @param dotNdcg validation NDCG of the plain dot product, 0 where none was trained
 * @param probability the share of bootstrap draws in which the network was better
 * @param reason one sentence for a person
 * @param features whether the network that reads features ships; empty where none was asked for. If
 *     so, {@code epochs} and {@code networkNdcg} are its own
 * @param wide how what histories say is learned; empty where it was not asked for
 */
public record ScorerChoice(
    Variant variant,
    int epochs,
    double networkNdcg,
    double dotNdcg,
    double probability,
    String reason,
    Optional<FeatureChoice> features,
    Optional<WideChoice> wide) {
  /** A choice without features and wide part. */
  public ScorerChoice(
      Variant variant,
      int epochs,
      double networkNdcg,
      double dotNdcg,
      double probability,
      String reason) {
    this(
        variant,
        epochs,
        networkNdcg,
        dotNdcg,
        probability,
        reason,
        Optional.empty(),
        Optional.empty());
  }

  /** What a scorer is made of. */
  public enum Variant {
    /** {@code a <user, item> + c}. */
    DOT,
    /** {@code b t + c}: what the histories say alone. */
    WIDE,
    /** {@code a <user, item> + b t + c}. */
    BOTH,
    /** {@code a <user, item> + c + MLP}, with {@code b t} where histories are asked. */
    NETWORK
  }

  /** The dot product, since nothing else was asked for. */
  public static ScorerChoice dotByOption() {
    return new ScorerChoice(Variant.DOT, 0, 0, 0, 0, "no hidden layers were asked for");
  }

  /** What ships without a network, since none was asked for. */
  static ScorerChoice of(LinearChoice linear) {
    return new ScorerChoice(linear.variant(), 0, 0, linear.dotNdcg(), 0, linear.reason());
  }

  /**
   * Between that and a network.
   *
   * @param choice among the two
   */
  static ScorerChoice of(
      LinearChoice linear, ScorerOptions.Selection selection, int epochs, Choice choice) {
    boolean always = selection == ScorerOptions.Selection.ALWAYS_NETWORK;
    return new ScorerChoice(
        choice.beaten() || always ? Variant.NETWORK : linear.variant(),
        epochs,
        choice.candidates().get(1).mean().ndcg(),
        linear.dotNdcg(),
        choice.lead().probability(),
        Stream.of(linear.reason(), choice.reason(), always ? "the network was asked for" : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; ")));
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
        Optional.of(choice),
        wide);
  }

  /** The same choice with one more reason. */
  public ScorerChoice because(String more) {
    return new ScorerChoice(
        variant, epochs, networkNdcg, dotNdcg, probability, reason + "; " + more, features, wide);
  }

  /** The same choice, of scorers that may read what histories say. */
  ScorerChoice with(WideChoice choice) {
    return new ScorerChoice(
        variant,
        epochs,
        networkNdcg,
        dotNdcg,
        probability,
        choice.reason() + "; " + reason,
        features,
        Optional.of(choice));
  }
}
