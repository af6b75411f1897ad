/**
 * Chooses a run's options. Reads what may be learned from and the validation cases of a {@code
 * data} split, never a test case: {@link org.neuralrescore.trainer.tune.Tuning} is handed nothing
 * else. Factorises with {@code factors}, trains networks with {@code scorer} where those are
 * searched, ranks with {@code eval}, keeps its trials in a {@code journal}; {@code cli} prints the
 * options that won as flags of {@code train}.
 *
 * <p>Successive halving: many candidates get a few sweeps, the better part of them goes on from
 * where it stands, and so forth until few get all.
 */
package org.neuralrescore.trainer.tune;
