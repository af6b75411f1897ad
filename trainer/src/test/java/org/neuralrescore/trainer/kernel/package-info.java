/**
 * Runs the JMH benchmarks of the hot kernels, which lie beside the kernels that they measure: once
 * and briefly as a test, at length by the command in CONTRIBUTING.md.
 */
package org.neuralrescore.trainer.kernel;
