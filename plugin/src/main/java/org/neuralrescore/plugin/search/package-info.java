/**
 * The rescorer {@code neural} in Elasticsearch's search.
 *
 * <p>The coordinator's rewrite pins the model ({@link
 * org.neuralrescore.plugin.search.NeuralRescorerBuilder}: an alias becomes a hash) and turns the
 * user into a vector ({@link org.neuralrescore.plugin.search.UserResolver}, with the caller's
 * rights); both are in the serialised shard request, and so in the request cache's key. A data
 * node's rewrite makes sure that the model is open there. Then each shard checks the fields against
 * its mapping ({@link org.neuralrescore.plugin.search.ShardFeatures}) and rescores ({@link
 * org.neuralrescore.plugin.search.SearchRescorer}) with the Lucene core.
 */
package org.neuralrescore.plugin.search;
