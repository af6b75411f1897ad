// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.factors.FactorModel;

/**
 * What a candidate is fitted on.
 *
 * @param model factors of what may be learned from while choosing
 * @param validation cases to choose on
 */
record Fit(FactorModel model, EvaluationSet validation) {}
