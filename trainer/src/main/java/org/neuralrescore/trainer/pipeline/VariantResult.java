// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What a method is worth.
 *
 * @param validation its figures on the cases that chose
 * @param note what was chosen on the way, for a person
 * @param test figures of the same learned afresh from fit and validation
 * @param testHitRate against the dot product on test, HR at the cut-off
 * @param testNdcg against the dot product on test, NDCG at the cut-off
 */
public record VariantResult(
    Method method,
    RankingReport validation,
    String note,
    RankingReport test,
    PairedBootstrap testHitRate,
    PairedBootstrap testNdcg) {}
