// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.neuralrescore.bundle.FactorExplanation;

/**
 * Divides an output as {@code dotScale * <user, item> + bias + wideScale * t + remainder} and names
 * the largest shares of factors. Where factors are non-negative the shares of the dot product all
 * have one sign and add up: what a share says is not undone by another. Where shares have both
 * signs they may cancel, and each is told as a part of the sum of their sizes.
 *
 * @param block the manifest's
 * @param item the position among the features of the item vector
 * @param touched how what the history says is divided, for a scorer that reads it
 */
public record FactorShares(FactorExplanation block, int item, Optional<TouchedShares> touched)
    implements OutputExplainer {
  private static final int NAMED = 5;

  @Override
  public Explanation explain(
      List<Feature> features, FeatureBatch batch, float output, LeafReaderContext leaf, int doc)
      throws IOException {
    int rank = batch.layout().width(item);
    double[] shares = new double[rank];
    double dot = 0;
    double sizes = 0;
    for (int f = 0; f < rank; f++) {
      shares[f] = (double) block.dotScale() * batch.user().get(f) * batch.input(item).get(f);
      dot += shares[f];
      sizes += Math.abs(shares[f]);
    }
    List<Explanation> details = new ArrayList<>();
    details.add(
        Explanation.match(
            dot, "dot_scale * <user, item>, its largest shares:", largest(shares, dot, sizes)));
    details.add(Explanation.match(block.bias(), "bias"));
    double wide = 0;
    if (touched.isPresent()) {
      wide = touched.get().sum(batch);
      details.add(touched.get().explain(batch, leaf, doc));
    }
    details.add(
        Explanation.match(output - dot - block.bias() - wide, "remainder, the network's part"));
    details.addAll(OutputExplainer.missing(features, batch));
    return Explanation.match(output, "output, sum of:", details);
  }

  private List<Explanation> largest(double[] shares, double dot, double sizes) {
    String whole =
        sizes == Math.abs(dot) ? "% of the dot product" : "% of the sum of all shares' sizes";
    return IntStream.range(0, shares.length)
        .filter(f -> shares[f] != 0)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer f) -> -Math.abs(shares[f]))
                .thenComparingInt(f -> f))
        .limit(NAMED)
        .map(
            f ->
                Explanation.match(
                    shares[f],
                    "factor ["
                        + block.label(f)
                        + "], "
                        + Math.round(100 * Math.abs(shares[f]) / sizes)
                        + whole))
        .toList();
  }
}
