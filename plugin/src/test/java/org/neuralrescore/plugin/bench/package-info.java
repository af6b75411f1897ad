/**
 * {@code ./mvnw -Pbench verify}: measures windows and a node, and writes {@code
 * plugin/BENCHMARKS.md} and {@code plugin/benchmarks.json}.
 */
package org.neuralrescore.plugin.bench;
