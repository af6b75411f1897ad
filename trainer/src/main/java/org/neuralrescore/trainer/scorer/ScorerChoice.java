package org.neuralrescore.trainer.scorer;

/**
 * Which scorer ships, decided on validation cases alone: the network where it beat the plain dot
 * product, else the dot product.
 *
 * @param variant what ships
 * @param epochs epochs of the network that was compared, 0 where there was none
 * @param networkNdcg validation NDCG of the best network
 * @param dotNdcg validation NDCG of the plain dot product
 * @param reason one sentence for a person
 */
public record ScorerChoice(
    Variant variant, int epochs, double networkNdcg, double dotNdcg, String reason) {
  /** What a scorer is made of. */
  public enum Variant {
    /** {@code a <user, item> + c}. */
    DOT,
    /** {@code a <user, item> + c + MLP}. */
    NETWORK
  }
}
