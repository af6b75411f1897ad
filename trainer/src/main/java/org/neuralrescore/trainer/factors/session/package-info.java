/**
 * Item factors that answer a session: every item has a side that it offers and a side that says
 * what having touched it means, learned together so that what is hidden of a session is found from
 * the rest of it and what came before (the two sides of FISM, Kabbur, Ning and Karypis 2013; masked
 * input and a softmax over all items as in Mult-DAE, Liang et al. 2018; why masking: Steck 2020,
 * Autoencoders that don't overfit towards the Identity).
 *
 * <p>After {@code data} and {@code neighbour}, whose item-to-item weights {@link
 * org.neuralrescore.trainer.factors.session.Distillation} teaches them to rank by; beside {@code *
 * factors}. {@link org.neuralrescore.trainer.factors.session.SessionTraining} takes histories and
 * gives {@link org.neuralrescore.trainer.factors.session.TwoSidedItems}; knows neither networks nor
 * what serves them.
 */
package org.neuralrescore.trainer.factors.session;
