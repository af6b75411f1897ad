/**
 * Holds what Elasticsearch answered against what the trainer computed, hit by hit: the same items
 * in the same order with the same scores, or a count of how many are not.
 */
package org.neuralrescore.trainer.served.agreement;
