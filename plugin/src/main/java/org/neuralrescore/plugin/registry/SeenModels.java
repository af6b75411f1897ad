// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The hashes that this node's registry had since the node started, the last {@value #MOST} that
 * came: what it does not have and never had is on its way here, and what it had was deleted.
 */
public final class SeenModels {
  static final int MOST = 10_000;

  private final Set<String> hashes = new LinkedHashSet<>();

  /** Remembers what a registry has. */
  public synchronized void note(ModelRegistry registry) {
    for (ModelEntry entry : registry.models().values()) {
      hashes.add(entry.hash());
      if (hashes.size() > MOST) {
        hashes.remove(hashes.iterator().next());
      }
    }
  }

  /** Whether a registry had this one. */
  public synchronized boolean had(String hash) {
    return hashes.contains(hash);
  }
}
