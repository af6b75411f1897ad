/**
 * What an administrator may do with models, one action a file, by names that a role can grant:
 * {@code cluster:admin/neural_rescore/*} changes, {@code cluster:monitor/neural_rescore/*} reads.
 *
 * <p>Called by {@code rest}; calls {@code serving} to check a bundle and {@code registry} to keep
 * it.
 */
package org.neuralrescore.plugin.action;
