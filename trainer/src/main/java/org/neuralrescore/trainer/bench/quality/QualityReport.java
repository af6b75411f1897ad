// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.quality;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.bench.rating.CrossValidation;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What was measured; one of the two may be missing, not both.
 *
 * @param ratings the rating error over the five folds, where the folder has them
 * @param ncf dot product and popularity under the NCF protocol, where the folder has its files;
 *     else empty
 */
public record QualityReport(Optional<CrossValidation> ratings, List<RankingReport> ncf) {
  public QualityReport {
    ncf = List.copyOf(ncf);
  }
}
