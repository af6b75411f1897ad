/**
 * How good a ranking is. A {@link org.neuralrescore.trainer.eval.Ranker} scores all items for a
 * user; {@link org.neuralrescore.trainer.eval.RankingEvaluation} ranks those the user has not seen,
 * counts ties at their expected value and keeps one row a case, so that two rankers can be compared
 * case by case. Its survey looks at the lists too: what they cover, how common it is, and for whom
 * and for what they are right. {@link org.neuralrescore.trainer.eval.Scoreboard} puts a model
 * beside what it has to beat; {@link org.neuralrescore.trainer.eval.Reliability} asks whether its
 * probabilities mean what they say.
 *
 * <p>Reads {@code data} and {@code model}; the {@code scorer} stops on its validation figure and
 * the {@code pipeline} reports its test figures.
 */
package org.neuralrescore.trainer.eval;
