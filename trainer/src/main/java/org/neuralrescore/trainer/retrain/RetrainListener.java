// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

/** Hears how far a run is, on the run's own thread. */
public interface RetrainListener {

  /** A phase begins. */
  void begins(Phase phase);

  /** A phase did its work; its checkpoint is written when this returns. */
  void ends(Phase phase);

  /** Factors were saved after so many sweeps. */
  void saved(int sweeps);

  /** Something that a person who reads the log wants to know, one line. */
  void note(String line);
}
