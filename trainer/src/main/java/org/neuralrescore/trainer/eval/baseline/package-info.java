/**
 * What every model of ours has to beat: rankers from the literature that need no network, behind
 * {@link org.neuralrescore.trainer.eval.Ranker}. {@link
 * org.neuralrescore.trainer.eval.baseline.Baseline} names them; {@code pipeline} learns and
 * evaluates them beside the model, {@code release} and {@code cli} report them. They are measured,
 * not shipped.
 */
package org.neuralrescore.trainer.eval.baseline;
