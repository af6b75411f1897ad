/**
 * Puts a bundle into Elasticsearch and asks for searches with it, through the Elasticsearch Java
 * client: indices, documents, the model, its alias; then text queries and whole rankings.
 *
 * <p>Last in the flow. Reads a {@code bundle}, whoever trained it, and knows nothing of training.
 * {@link org.neuralrescore.trainer.publish.Publisher} is the way in, {@link
 * org.neuralrescore.trainer.publish.Searcher} and {@link
 * org.neuralrescore.trainer.publish.ElasticsearchRanking} read what it published.
 */
package org.neuralrescore.trainer.publish;
