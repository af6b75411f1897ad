/**
 * Measurements that anyone can repeat: {@code speed} of the solvers and the scorer's training, and
 * the {@code quality} figures that papers published ({@code rating} errors, the {@code ncf}
 * protocol). Stands beside the flow; the command line calls it.
 */
package org.neuralrescore.trainer.bench;
