/**
 * Item factors that answer a session: every item has a side that it offers and a side that says
 * what having touched it means, learned together so that what is hidden of a session is found from
 * the rest of it and what came before (the two sides of FISM, Kabbur, Ning and Karypis 2013; masked
 * input and a softmax over all items as in Mult-DAE, Liang et al. 2018; why masking: Steck 2020,
 * Autoencoders that don't overfit towards the Identity).
 *
 * <p>Stands on {@code softmax}. {@link org.neuralrescore.trainer.factors.session.SessionTraining}
 * takes histories and gives {@link org.neuralrescore.trainer.factors.softmax.TwoSidedItems}.
 */
package org.neuralrescore.trainer.factors.session;
