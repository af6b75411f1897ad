/**
 * Differential privacy as arithmetic: how much noise a budget asks for, how budgets add up, and the
 * noise itself. {@code factors} takes its noise from here; nothing here knows of users or items.
 */
package org.neuralrescore.trainer.factors.privacy;
