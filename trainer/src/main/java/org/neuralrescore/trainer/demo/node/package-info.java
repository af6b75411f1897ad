/**
 * Starts a real Elasticsearch for a demonstration or a test: unpacks a distribution, installs
 * plugins with its own installer, for each node or once for several, runs it as a user who is not
 * root, and takes everything away again.
 *
 * <p>Stands beside the flow: {@code publish} talks to the cluster that this starts or to any other.
 * Knows nothing of models.
 */
package org.neuralrescore.trainer.demo.node;
