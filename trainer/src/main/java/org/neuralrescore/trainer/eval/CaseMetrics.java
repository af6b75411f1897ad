// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The figures of one case at one cut-off {@code k}, ties at their expected value.
 *
 * @param hitRate the chance that at least one target is among the first k
 * @param ndcg DCG at k with gain 1 and discount {@code 1 / log2(1 + rank)}, over the best possible
 *     DCG at k
 * @param recall targets among the first k over all targets
 * @param reciprocalRank 1 over the rank of the first target, 0 where that is behind k
 * @param averagePrecision the sum over target ranks within k of precision at that rank, over {@code
 *     min(targets, k)}
 */
public record CaseMetrics(
    double hitRate, double ndcg, double recall, double reciprocalRank, double averagePrecision) {

  void write(DataOutputStream out) throws IOException {
    out.writeDouble(hitRate);
    out.writeDouble(ndcg);
    out.writeDouble(recall);
    out.writeDouble(reciprocalRank);
    out.writeDouble(averagePrecision);
  }

  static CaseMetrics read(DataInputStream in) throws IOException {
    return new CaseMetrics(
        in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
  }
}
