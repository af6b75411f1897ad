// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.publish.PublishReport;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.served.agreement.ServedEvaluation;

/**
 * What a demonstration showed.
 *
 * @param released the training run
 * @param bundle where the bundle stands
 * @param checksum of the bundle's folder
 * @param reproduced whether an equal bundle was there from an earlier run
 * @param published what was published
 * @param answers the plain list, then one a person
 * @param clicks items that the visitor clicked
 * @param served the held-out cases through Elasticsearch
 * @param kept the node, where it was left up
 */
public record DemoResult(
    Release.Released released,
    Path bundle,
    String checksum,
    boolean reproduced,
    PublishReport published,
    List<DemoSearches.Answer> answers,
    List<String> clicks,
    ServedEvaluation.Outcome served,
    Optional<KeptNode> kept) {
  public DemoResult {
    answers = List.copyOf(answers);
    clicks = List.copyOf(clicks);
  }

  /**
   * A node that was left up.
   *
   * @param url where it listens
   * @param pid to stop it
   * @param home to delete then
   */
  public record KeptNode(URI url, long pid, Path home) {}
}
