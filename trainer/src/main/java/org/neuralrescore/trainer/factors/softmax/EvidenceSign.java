// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

/** What having touched an item may say of a factor. */
public enum EvidenceSign {
  /** That it is liked: not below 0. */
  POSITIVE,
  /** That it is liked, or that it is not. */
  BOTH
}
