// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import org.neuralrescore.plugin.lucene.MemoryAccount;

/**
 * Under what a node's graphs run.
 *
 * @param watch ends runs that shall not go on
 * @param memory counts what a run takes before it begins
 */
public record RunTerms(RunWatch watch, MemoryAccount memory) {}
