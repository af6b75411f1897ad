// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.REFUSED;
import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.retrain.Adoption;
import org.neuralrescore.trainer.retrain.ClusterDeployment;
import org.neuralrescore.trainer.retrain.Decision;
import org.neuralrescore.trainer.retrain.Deployment;
import org.neuralrescore.trainer.retrain.GateOptions;
import org.neuralrescore.trainer.retrain.History;
import org.neuralrescore.trainer.retrain.IndexSource;
import org.neuralrescore.trainer.retrain.InteractionSource;
import org.neuralrescore.trainer.retrain.LedgerDeployment;
import org.neuralrescore.trainer.retrain.RetrainListener;
import org.neuralrescore.trainer.retrain.RetrainOptions;
import org.neuralrescore.trainer.retrain.RetrainReport;
import org.neuralrescore.trainer.retrain.Retraining;
import org.neuralrescore.trainer.retrain.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Newest interactions to a new generation, where it is not worse than the deployed one. */
@Command(
    name = "retrain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads the newest interactions, trains from the deployed generation's factors, compares"
          + " deployed and new model on the same newer held-out cases, and publishes the new one if"
          + " it is not worse. The former generation stays for 'rollback'; history.jsonl gets a line.",
      "",
      "Safe to run from cron (trainer/bin/retrain.sh): one run at a time; a run that was killed is"
          + " gone on with by the same command, to the same bundle; searches never see half a"
          + " publication. The first run has nothing to compare with and publishes.",
      "",
      "The gate: NDCG@k of every held-out case, new minus deployed, with its paired bootstrap"
          + " interval (--confidence). '--gate not-worse' passes where the lower end reaches"
          + " -TOLERANCE, so the new model has to show it; '--gate unless-worse' where the upper end"
          + " does, so that only a model shown to be worse is refused. With some thousand cases the"
          + " interval is wider than what a week's data gains, hence the default tolerance (measured at"
          + " NDCG 0.06); with some hundred cases 'unless-worse' is the gate that can be passed.",
      "",
      "Factors keep their order, meaning and label over generations: they go on from the former"
          + " ones and are matched to them by the Hungarian method on cosines over common items."
    },
    footer = {
      "",
      "Exit codes: 0 published, or nothing new to learn; 2 wrong options; 3 bad input; 5 cluster;"
          + " 6 mismatch; 7 no place to write; 8 the gate refused; 9 another run is at work."
          + " 'neural-rescore --help' has them all.",
      "",
      "  neural-rescore retrain --name films --data data --gate unless-worse",
      "  neural-rescore retrain --name shop --from-index ubi_events --since now-90d/d"
          + " --where action_name=click --tolerance 0.002 --keep-bundles 5"
    })
final class RetrainCommand implements Callable<Integer> {
  /** Options that change neither what is read nor what is made of it. */
  private static final Set<String> IMMATERIAL =
      Set.of(
          "--json",
          "--threads",
          "--force",
          "--fresh",
          "--adopt",
          "--keep-bundles",
          "--checkpoint-sweeps",
          "--choose-every",
          "--budget",
          "--baselines");

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model's name.")
  String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "onnx-models",
      description = "Where bundles are, as DIR/NAME/GENERATION; default ${DEFAULT-VALUE}.")
  Path out;

  @Option(
      names = "--gate",
      paramLabel = "not-worse|unless-worse",
      defaultValue = "not-worse",
      description = "Who carries the burden of proof; default ${DEFAULT-VALUE}.")
  String gate;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "0.0025",
      description =
          "How much NDCG the new model may lose; default ${DEFAULT-VALUE}, 0 lets only what is"
              + " better or equal case by case through.")
  double tolerance;

  @Option(
      names = "--confidence",
      paramLabel = "X",
      defaultValue = "0.9",
      description = "Of the two-sided interval; default ${DEFAULT-VALUE}.")
  double confidence;

  @Option(
      names = "--gate-cases",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Held-out cases at most, drawn with the seed; default ${DEFAULT-VALUE}.")
  int gateCases;

  @Option(
      names = "--force",
      description = "Publish whatever the figures say, and train though nothing is new.")
  boolean force;

  @Option(names = "--fresh", description = "Forget a run that was killed and begin anew.")
  boolean fresh;

  @Option(
      names = "--adopt",
      description =
          "Where history.jsonl and the cluster differ on what is deployed, go by the cluster and"
              + " write that down; without it such a run stops.")
  boolean adopt;

  @Option(names = "--cold", description = "Start factors at random, not at the deployed ones.")
  boolean cold;

  @Option(
      names = "--warm-sweeps",
      paramLabel = "N",
      description = "Alternations where there are factors to go on from; default: --sweeps.")
  Integer warmSweeps;

  @Option(
      names = "--checkpoint-sweeps",
      paramLabel = "N",
      defaultValue = "1",
      description = "Save factors after every N sweeps; default ${DEFAULT-VALUE}.")
  int checkpointSweeps;

  @Option(
      names = "--keep-bundles",
      paramLabel = "N",
      description =
          "Keep the latest N bundles that runs made, and always the deployed and the former one;"
              + " default: all.")
  Integer keepBundles;

  @Mixin DataOptions data;
  @Mixin InteractionIndexFlags fromIndex;
  @Mixin DeploymentFlags deployment;
  @Mixin ClusterFlags cluster;
  @Mixin TrainingFlags training;
  @Mixin RetrainChoice choice;
  @Mixin BaselineFlags baselines;
  @Mixin ProjectFlag project;

  @Mixin Output output;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    requireOptions();
    boolean index = fromIndex.given();
    Workspace workspace = new Workspace(out, name);
    RetrainReport report;
    if (deployment.noCluster && !index) {
      report = run(workspace, fileSource(), new LedgerDeployment(workspace));
    } else {
      try (Cluster connected = cluster.connect()) {
        Deployment target =
            deployment.noCluster
                ? new LedgerDeployment(workspace)
                : new ClusterDeployment(
                    connected, deployment.options(name), name, TerminalProgress.standard());
        report = run(workspace, index ? indexSource(connected) : fileSource(), target);
      }
    }
    output.json(RetrainSummary.json(report));
    output.text(RetrainSummary.text(report));
    if (report.decision() == Decision.REFUSED) {
      throw new UserError(
          REFUSED,
          "the gate refused generation ["
              + report.generation().orElseThrow()
              + "], nothing was published: "
              + report.reason()
              + "; look at "
              + workspace.folder().resolve(History.FILE)
              + ", or publish with --force");
    }
    return 0;
  }

  private RetrainReport run(Workspace workspace, InteractionSource source, Deployment deployment) {
    Progress progress = TerminalProgress.standard();
    RetrainListener log = new LogLines(System.err);
    if (adopt) {
      Adoption.run(workspace, deployment, unfinished(), log, InstantSource.system());
    }
    return new Retraining(
            workspace,
            () -> options(choice.resolve(training, spec, workspace, source, log)),
            source,
            deployment,
            Version.current(),
            log,
            progress,
            InstantSource.system())
        .run();
  }

  /** What can be refused before anything is read or asked. */
  private void requireOptions() {
    if (data.hasSplit()) {
      throw new UserError(
          USAGE, "retrain holds out by its --protocol alone; --train and --test belong to train");
    }
    options(training.base());
  }

  private RetrainOptions options(TrainingOptions resolved) {
    if (resolved.privacy().differential().isPresent()) {
      throw new UserError(
          USAGE,
          "retrain's gate looks at raw interactions, and every generation would spend epsilon anew;"
              + " --dp-epsilon belongs to train alone");
    }
    try {
      return new RetrainOptions(
          resolved,
          warmSweeps == null ? OptionalInt.empty() : OptionalInt.of(warmSweeps),
          checkpointSweeps,
          new GateOptions(
              resolved.cutoff(), rule(), tolerance, confidence, gateCases, force, resolved.seed()),
          cold ? RetrainOptions.Start.COLD : RetrainOptions.Start.WARM,
          unfinished(),
          keepBundles == null ? OptionalInt.empty() : OptionalInt.of(keepBundles),
          baselines.resolveOrNone());
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
  }

  private RetrainOptions.Unfinished unfinished() {
    return fresh ? RetrainOptions.Unfinished.DISCARD : RetrainOptions.Unfinished.GO_ON;
  }

  private GateOptions.Rule rule() {
    return switch (gate) {
      case "not-worse" -> GateOptions.Rule.NOT_WORSE;
      case "unless-worse" -> GateOptions.Rule.UNLESS_WORSE;
      default ->
          throw new UserError(
              USAGE, "--gate: [" + gate + "] is neither not-worse nor unless-worse");
    };
  }

  private InteractionSource fileSource() {
    return new InteractionSource() {
      @Override
      public String description() {
        return flags();
      }

      @Override
      public Loaded read(Path scratch) {
        List<CatalogueItem> items = data.readCatalogue();
        return new Loaded(data.readInteractions(items), items);
      }
    };
  }

  private InteractionSource indexSource(Cluster connected) {
    List<CatalogueItem> items = data.catalogue.read(Set::of);
    return new IndexSource(
        connected,
        fromIndex.query(data),
        InteractionIndexFlags.ofTime(data),
        InteractionIndexFlags.rules(data, items),
        items,
        flags(),
        TerminalProgress.standard());
  }

  /** The flags that were given and matter, in one order. */
  private String flags() {
    Map<String, String> given = GivenFlags.values(spec);
    given.keySet().removeAll(IMMATERIAL);
    return given.toString();
  }
}
