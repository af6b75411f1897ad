/**
 * A bundle ranked offline as a search would rank with it: through its own graphs, for histories
 * that may be newer than it. Reads {@code bundle}, answers {@code eval}.
 */
package org.neuralrescore.trainer.served;
