// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

/**
 * One generated film.
 *
 * @param id 1-based
 * @param cluster {@code setting * tones + tone}
 * @param title unique within a data set
 * @param description two sentences
 * @param appeal popularity within its cluster, positive
 */
record Film(int id, int cluster, String title, String description, double appeal) {
  Setting setting() {
    return Setting.ALL.get(cluster / Tone.ALL.size());
  }

  Tone tone() {
    return Tone.ALL.get(cluster % Tone.ALL.size());
  }

  static int clusters() {
    return Setting.ALL.size() * Tone.ALL.size();
  }
}
