// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Generation;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.InteractionSnapshot;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.release.VerdictFile;

/**
 * The work of each phase. Each may be done again from its start after a kill: it reads what the
 * phases before it left on disk and writes its own outcome whole or not at all.
 */
record Phases(
    Workspace workspace,
    RetrainOptions options,
    InteractionSource source,
    Deployment deployment,
    String version,
    History history,
    RetrainListener listener,
    Progress progress,
    InstantSource clock) {

  /** Does the next phase, any but the last. */
  RunState run(RunState state) {
    return switch (state.next()) {
      case READ -> read(state);
      case TRAIN -> train(state);
      case EVALUATE -> evaluate(state);
      case GATE -> gate(state);
      case PUBLISH -> publish(state);
      case RECORD -> throw new IllegalArgumentException("the last phase makes a report");
    };
  }

  private RunState read(RunState state) {
    requireBundle(state.former());
    InteractionSource.Loaded loaded = source.read(workspace.scratch());
    InteractionSnapshot.write(workspace.interactions(), loaded.interactions());
    CatalogueSnapshot.write(workspace.catalogue(), loaded.catalogue());
    listener.note(
        "read "
            + loaded.interactions().summary().interactions()
            + " interactions of "
            + loaded.interactions().users().size()
            + " users and "
            + loaded.interactions().items().size()
            + " items");
    return state.withData(loaded.interactions().sha256()).next(Phase.TRAIN);
  }

  /** What is deployed has to be here to be compared with, unless the figures do not matter. */
  private void requireBundle(Optional<String> deployed) {
    if (deployed.isEmpty() || workspace.has(deployed.get())) {
      return;
    }
    if (!options.gate().force()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "the deployed generation ["
              + deployed.get()
              + "] has no bundle in "
              + workspace.folder()
              + ", so nothing can be compared with it; restore it, or publish with --force");
    }
    listener.note("the deployed bundle is not here: a random start, and no comparison");
  }

  private RunState train(RunState state) {
    Interactions data = InteractionSnapshot.read(workspace.interactions());
    List<CatalogueItem> catalogue = CatalogueSnapshot.read(workspace.catalogue());
    Optional<Bundle> deployed = comparable(state.former(), data);
    Optional<Bundle> former =
        options.start() == RetrainOptions.Start.WARM
            ? WarmStart.usable(deployed, options.training())
            : Optional.empty();
    if (deployed.isPresent() && former.isEmpty() && options.start() == RetrainOptions.Start.WARM) {
      listener.note(
          WarmStart.difference(deployed.get(), options.training())
              + ": a random start, and factors get new labels");
    }
    TrainingOptions training = options.training();
    Succession succession =
        new Succession(
            former,
            options.warmSweeps(),
            data.items(),
            data.sha256() + " " + former.map(Bundle::reference).orElse("cold"),
            workspace.scratch(),
            options.checkpointSweeps(),
            listener);
    Release release = new Release(workspace.bundles(), version, options.baselines());
    Provenance provenance = release.provenance(data, catalogue, training, succession);
    String generation = Generation.of(provenance);
    if (!options.gate().force()) {
      Optional<String> stale = Unchanged.reason(deployed, provenance, generation, history);
      if (stale.isPresent()) {
        return state
            .decided(Decision.UNCHANGED, new Verdict(false, Optional.empty(), stale.get()))
            .next(Phase.RECORD);
      }
    }
    // A bundle appears by one rename: what a run before the kill wrote is whole. Its verdict and
    // its
    // page come behind it: a bundle without stays as it is, and is trained again to be judged.
    boolean judged = Files.exists(Release.page(workspace.generation(generation)));
    if (!workspace.has(generation) || !judged) {
      release.run(workspace.name(), data, catalogue, training, succession, progress);
    }
    return state.withGeneration(generation).next(Phase.EVALUATE);
  }

  /** The deployed bundle, of which it is known that it can be compared. */
  private Optional<Bundle> comparable(Optional<String> generation, Interactions data) {
    Optional<Bundle> deployed = generation.flatMap(workspace::bundle);
    deployed.ifPresent(
        new HeldOutAlike(options.training(), data.summary().reading(), options.gate(), listener)
            ::require);
    return deployed;
  }

  private RunState evaluate(RunState state) {
    requireBundle(state.former());
    Interactions data = InteractionSnapshot.read(workspace.interactions());
    Optional<Bundle> deployed = comparable(state.former(), data);
    if (deployed.isPresent()) {
      HeldOutComparison.run(
              deployed.get(),
              Bundle.open(workspace.generation(state.generation().orElseThrow())),
              data,
              options.training(),
              options.gate(),
              listener,
              progress)
          .write(workspace.evaluation());
    }
    return state.next(Phase.GATE);
  }

  private RunState gate(RunState state) {
    Verdict verdict =
        state.former().filter(workspace::has).isPresent()
            ? Verdict.of(
                HeldOutComparison.Figures.read(workspace.evaluation()).compare(options.gate()),
                options.gate())
            : alone(state);
    listener.note((verdict.passes() ? "passes: " : "refused: ") + verdict.reason());
    return verdict.passes()
        ? state.decided(Decision.PUBLISHED, verdict).next(Phase.PUBLISH)
        : state.decided(Decision.REFUSED, verdict).next(Phase.RECORD);
  }

  private Verdict alone(RunState state) {
    return Verdict.alone(
        state
            .former()
            .map(deployed -> "the deployed [" + deployed + "] has no bundle here to compare with")
            .orElse("nothing was deployed before"),
        VerdictFile.read(workspace.generation(state.generation().orElseThrow())),
        options.gate().force());
  }

  private RunState publish(RunState state) {
    deployment.publish(
        StoredBundle.open(workspace.generation(state.generation().orElseThrow())),
        CatalogueSnapshot.read(workspace.catalogue()));
    return state.next(Phase.RECORD);
  }

  /** The last phase; done again, it writes no second line. */
  RetrainReport record(RunState state) {
    Decision decision = state.decision().orElseThrow();
    Verdict verdict = state.verdict().orElseThrow();
    boolean published = decision == Decision.PUBLISHED;
    Optional<String> deployed = published ? state.generation() : state.former();
    Optional<String> former =
        published ? state.former() : history.formerOf(state.former(), deployment.alias());
    if (!history.has(state.run())) {
      Map<String, Object> line =
          History.line(
              state.run(), decision, verdict.reason(), state.generation(), deployed, former);
      line.put("data_sha256", state.dataSha256().orElseThrow());
      verdict.comparison().ifPresent(figures -> line.put("ndcg", figures));
      line.put("forced", options.gate().force());
      line.put("ended", clock.instant().toString());
      line.put("seconds", (clock.instant().toEpochMilli() - state.begunMillis()) / 1000.0);
      history.append(line);
    }
    state.generation().ifPresent(workspace::deleteUnfinished);
    options
        .keepBundles()
        .ifPresent(keep -> Pruning.run(workspace, history, keep, deployed, former, listener));
    return new RetrainReport(
        state.run(),
        decision,
        verdict.reason(),
        state.dataSha256(),
        state.generation(),
        deployed,
        former,
        verdict.comparison());
  }
}
