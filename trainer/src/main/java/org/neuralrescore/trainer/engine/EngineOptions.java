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
 * @param driverUsers about how many users come to this process; all others stay where they are
 *     read, and factors are learned from those alone; empty: all come, and are learned from
 */
public record EngineOptions(
    Optional<String> master,
    Optional<String> checkpoints,
    Path scratch,
    Map<String, String> settings,
    Optional<DriverUsers> driverUsers) {

  /**
   * Who is brought together, where not all are.
   *
   * @param users about how many
   * @param seed of the draw
   */
  public record DriverUsers(long users, long seed) {}

  public EngineOptions {
    settings = Map.copyOf(settings);
  }
}
