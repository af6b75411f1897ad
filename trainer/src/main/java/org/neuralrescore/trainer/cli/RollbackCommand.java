// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.retrain.ClusterDeployment;
import org.neuralrescore.trainer.retrain.LedgerDeployment;
import org.neuralrescore.trainer.retrain.RetrainListener;
import org.neuralrescore.trainer.retrain.RetrainReport;
import org.neuralrescore.trainer.retrain.Rollback;
import org.neuralrescore.trainer.retrain.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Back to the generation before the deployed one. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Moves searches back to the generation that was deployed before the present one, once it is"
          + " sure that its model and vectors are still there; in one step, for all searches at once."
          + " A second rollback goes forth again. history.jsonl gets a line, and 'retrain' publishes"
          + " the generation that was rolled back no more unless its data or options change.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 done; 2 wrong options; 3 nothing to go back to; 5 cluster; 6 the former generation"
          + " is not whole any more; 9 a run is at work or has to be finished first. 'neural-rescore"
          + " --help' has them all.",
      "",
      "  neural-rescore rollback --name films"
    })
final class RollbackCommand implements Callable<Integer> {
  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name.")
  String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "onnx-models",
      description = "Where bundles are, as DIR/NAME/GENERATION; default ${DEFAULT-VALUE}.")
  Path out;

  @Mixin DeploymentFlags deployment;
  @Mixin ClusterFlags cluster;
  @Mixin ProjectFlag project;

  @Mixin Output output;

  @Override
  public Integer call() {
    Workspace workspace = new Workspace(out, name);
    RetrainListener log = new LogLines(System.err);
    RetrainReport report;
    if (deployment.noCluster) {
      report =
          Rollback.run(workspace, new LedgerDeployment(workspace), log, InstantSource.system());
    } else {
      try (Cluster connected = cluster.connect()) {
        report =
            Rollback.run(
                workspace,
                new ClusterDeployment(
                    connected, deployment.options(name), name, TerminalProgress.standard()),
                log,
                InstantSource.system());
      }
    }
    output.json(RetrainSummary.json(report));
    output.text(RetrainSummary.text(report));
    return 0;
  }
}
