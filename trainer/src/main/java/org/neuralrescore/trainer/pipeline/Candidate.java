// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.function.Function;
import org.neuralrescore.trainer.factors.FactorOptions;

/**
 * One way to a model among several: its factors and what is made of them.
 *
 * @param label its name in figures and reports
 * @param factors that it stands on; candidates of equal ones share theirs
 * @param fit chooses on validation what is left to choose, after learning from the rest
 */
record Candidate(String label, FactorOptions factors, Function<Fit, Recipe.Fitted> fit) {}
