/**
 * One training run from interactions to a trained model with its figures: calls {@code dataset},
 * {@code nmf}, {@code scorer} and {@code eval} once each, in that order. {@code cli} calls {@link
 * org.neuralrescore.trainer.pipeline.Training} and hands the result to {@code bundle}.
 */
package org.neuralrescore.trainer.pipeline;
