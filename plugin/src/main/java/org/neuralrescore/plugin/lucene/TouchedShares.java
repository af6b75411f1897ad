// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.neuralrescore.bundle.NeighbourList;

/**
 * Divides what the items of a history say of a hit among them: each has the share {@code wideScale
 * * weight in the history * weight as a neighbour}.
 *
 * @param wideScale b
 * @param input the position among the features of the neighbours
 * @param touched the history's items
 * @param names an item by its place
 * @param reader of the hit's neighbours
 */
public record TouchedShares(
    float wideScale,
    int input,
    TouchedItems touched,
    IntFunction<String> names,
    NeighbourReader reader) {

  /** {@code wideScale * t} of a batch of one row. */
  double sum(FeatureBatch batch) {
    return (double) wideScale * batch.input(input).get(0);
  }

  /** The shares that are not 0, the largest first. */
  Explanation explain(FeatureBatch batch, LeafReaderContext leaf, int doc) throws IOException {
    Optional<NeighbourList> neighbours = reader.read(leaf, doc);
    float[] terms = neighbours.map(touched::terms).orElse(new float[0]);
    List<Explanation> shares = new ArrayList<>();
    IntStream.range(0, terms.length)
        .filter(place -> terms[place] != 0)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer place) -> -Math.abs(terms[place]))
                .thenComparingInt(place -> place))
        .forEach(
            place ->
                shares.add(
                    Explanation.match(
                        (double) wideScale * terms[place],
                        "because item [" + names.apply(place) + "] was touched")));
    return Explanation.match(
        sum(batch),
        "wide_scale * what the " + touched.size() + " items of the history say, sum of:",
        shares);
  }
}
