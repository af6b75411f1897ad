// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.engine;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How an engine is started.
 *
 * @param master the cluster, in the engine's own words; empty: as its surroundings say
 * @param checkpoints a folder of runs of one name that all machines of the cluster can write to,
 *     for what a run that was killed goes on from; empty: the scratch, where one machine is all
 *     there is
 * @param scratch a folder of this machine for runs of one name, one at a time
 * @param settings of the engine's own
 */
public record EngineOptions(
    Optional<String> master,
    Optional<String> checkpoints,
    Path scratch,
    Map<String, String> settings) {
  public EngineOptions {
    settings = Map.copyOf(settings);
  }
}
