/**
 * One training run from interactions to a trained model with its figures: calls {@code data},
 * {@code factors}, {@code scorer} and {@code eval} once each, in that order. {@code cli} calls
 * {@link org.neuralrescore.trainer.pipeline.Training} and hands the result to {@code bundle}.
 *
 * <p>{@link org.neuralrescore.trainer.pipeline.Combinations} compares methods: the pipeline, {@code
 * joint} and multi-task training, and transfer from {@code content}, each against the plain dot
 * product, and ships the {@code variant} that wins on validation.
 */
package org.neuralrescore.trainer.pipeline;
