/**
 * The published figures measured again, from data sets that a user supplies: the rating error on
 * MovieLens 100K and the NCF paper's protocol. {@code cli} calls {@link
 * org.neuralrescore.trainer.bench.quality.QualityBench}, which calls {@code rating}, {@code ncf},
 * {@code factors} and {@code eval}.
 */
package org.neuralrescore.trainer.bench.quality;
