// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

/** Signs that an evidence vector may have. */
public enum EvidenceSign {
  /** That it is liked: not below 0. */
  POSITIVE,
  /** That it is liked, or that it is not. */
  BOTH
}
