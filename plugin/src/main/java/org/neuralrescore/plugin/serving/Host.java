// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.function.Supplier;
import org.neuralrescore.plugin.onnx.RunTerms;

/**
 * The node that models are opened on.
 *
 * @param terms under what their graphs run
 * @param limits what is allowed now: an operator may change it
 */
public record Host(RunTerms terms, Supplier<ModelLimits> limits) {}
