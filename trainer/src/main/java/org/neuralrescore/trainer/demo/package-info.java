/**
 * The whole flow in one go, on a machine that has nothing: data, training, bundle, an Elasticsearch
 * with the plugin, publication, searches before and after, and the check that both sides agree.
 * Calls what the single commands call; computes nothing of its own.
 */
package org.neuralrescore.trainer.demo;
