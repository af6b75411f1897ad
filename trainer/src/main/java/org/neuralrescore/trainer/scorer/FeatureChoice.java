// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.eval.PairedBootstrap;

/**
 * Whether the network that reads features ships, decided on validation cases alone: where a paired
 * bootstrap finds it better than what would ship without them, by the rule of {@link
 * org.neuralrescore.trainer.eval.Choice}.
 *
 * @param asked the features by their labels, {@code recent} among them
 * @param ships whether it ships
 * @param epochs after how many epochs it was best
 * @param networkEpochs after how many the network without was
 * @param ndcg validation NDCG with features
 * @param networkNdcg validation NDCG of the network without them
 * @param overNetwork its lead over the network without
 * @param overShipped its lead over what would ship without: that network or the dot product
 */
public record FeatureChoice(
    List<String> asked,
    boolean ships,
    int epochs,
    int networkEpochs,
    double ndcg,
    double networkNdcg,
    PairedBootstrap overNetwork,
    PairedBootstrap overShipped) {
  public FeatureChoice {
    asked = List.copyOf(asked);
  }

  /** One sentence for a person. */
  public String reason() {
    return String.format(
        Locale.ROOT,
        "with %s the network's validation NDCG is %.4f, %+.4f [%+.4f, %+.4f] over the network"
            + " without; over what would ship without, %+.4f, better in %.0f %% of draws: %s",
        String.join(", ", asked),
        ndcg,
        overNetwork.difference(),
        overNetwork.low(),
        overNetwork.high(),
        overShipped.difference(),
        100 * overShipped.probability(),
        ships ? "they ship" : "they do not ship");
  }
}
