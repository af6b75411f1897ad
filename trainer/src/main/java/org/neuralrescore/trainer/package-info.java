/**
 * The offline trainer. Data flows one way, a room a step: {@code data -> factors -> eval -> scorer
 * -> combine -> pipeline -> release}, with the trained values of {@code model} handed along; {@code
 * release} writes a {@code bundle} of them, {@code publish} puts it into Elasticsearch and {@code
 * served} measures what is served. {@code tune} chooses options, {@code retrain} and {@code demo}
 * run the whole flow, {@code cli} turns words into calls; {@code bench} stands beside. All stand on
 * {@code base}.
 */
package org.neuralrescore.trainer;
