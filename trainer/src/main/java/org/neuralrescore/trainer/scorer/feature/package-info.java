/**
 * What is known beside the factors: of an item, how popular it is, how old, and what it is about;
 * of a user, whether what they did last is asked for.
 *
 * <p>Stands between {@code data}, of whose interactions the features are counted, and {@code
 * scorer}, which learns from them; what is served of them is a value of {@code model}. Features
 * come of what may be learned from and of nothing else, so they are made again for every split.
 */
package org.neuralrescore.trainer.scorer.feature;
