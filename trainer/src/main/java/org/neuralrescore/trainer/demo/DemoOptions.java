// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.report.Report.Chapter;

/**
 * What a demonstration does.
 *
 * @param name of the model, its indices and its alias
 * @param query searched before and after
 * @param size hits a list shows
 * @param training options of the training run
 * @param told how these were chosen, for the report, where they were
 * @param work a folder for what is not kept
 * @param version of this software
 * @param keep leave the node up
 * @param line Elasticsearch's, 8 or 9
 * @param baselines that figures and report have beside the model
 */
public record DemoOptions(
    String name,
    String query,
    int size,
    TrainingOptions training,
    Optional<Chapter> told,
    Path work,
    String version,
    boolean keep,
    int line,
    List<Baseline> baselines) {
  public DemoOptions {
    baselines = List.copyOf(baselines);
  }
}
