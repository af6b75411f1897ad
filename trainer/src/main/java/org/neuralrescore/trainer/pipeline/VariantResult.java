package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.combine.variant.Variant;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What a variant is worth.
 *
 * @param variant as chosen, with its validation figures
 * @param test figures of the same variant learned afresh from fit and validation
 * @param testHitRate against the dot product on test, HR at the cut-off
 * @param testNdcg against the dot product on test, NDCG at the cut-off
 */
public record VariantResult(
    Variant variant, RankingReport test, PairedBootstrap testHitRate, PairedBootstrap testNdcg) {}
