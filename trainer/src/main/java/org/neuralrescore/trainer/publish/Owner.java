// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

/** Who made an index and so its documents. */
public enum Owner {
  /** A publication, just now: nothing is in it. */
  NEW,
  /** A publication. */
  WE,
  /** The people whose index it is. */
  THEY
}
