/**
 * What the nodes' searches came to: counters, and {@code GET /_neural_rescore/stats}, which asks
 * every node for its own. Search counts here; this knows nothing of search.
 */
package org.neuralrescore.plugin.stats;
