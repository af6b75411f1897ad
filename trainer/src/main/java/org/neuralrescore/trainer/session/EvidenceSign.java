package org.neuralrescore.trainer.session;

/** Whether having touched an item may speak against factors. */
public enum EvidenceSign {
  /** It may: user vectors are made non-negative by leaving out what is below 0. */
  FREE,
  /** It may not: rows are projected like those of the factors. */
  NON_NEGATIVE
}
