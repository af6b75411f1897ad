// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * One run, or the rest of one that was killed. Phases are done in order; after each, its outcome
 * and then the state are on disk, so the same call after a kill does what is left and ends with the
 * same bundle, byte for byte. Nothing is deployed before the gate let it through.
 */
public final class Retraining {
  private final Workspace workspace;
  private final Supplier<RetrainOptions> asked;
  private final InteractionSource source;
  private final Deployment deployment;
  private final RetrainListener listener;
  private final Progress progress;
  private final InstantSource clock;
  private final String version;

  /**
   * Prepares a run.
   *
   * @param asked the options, which are made while no other run is at work: a method may have to be
   *     chosen
   * @param version of this software, for the provenance
   * @param clock for the history, decides nothing
   */
  public Retraining(
      Workspace workspace,
      Supplier<RetrainOptions> asked,
      InteractionSource source,
      Deployment deployment,
      String version,
      RetrainListener listener,
      Progress progress,
      InstantSource clock) {
    this.workspace = workspace;
    this.asked = asked;
    this.source = source;
    this.deployment = deployment;
    this.version = version;
    this.listener = listener;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Runs, or goes on.
   *
   * @throws UserError of kind BUSY where another run is at work, of any other where a phase fails;
   *     searches then go on as they were. That the gate refuses is no error here but a decision
   */
  public RetrainReport run() {
    workspace.prepared();
    try (RunLock lock = RunLock.take(workspace.lock())) {
      lock.left()
          .ifPresent(who -> listener.note("the former run (" + who + ") ended without finishing"));
      RetrainOptions options = asked.get();
      History history = new History(workspace.folder());
      Phases phases =
          new Phases(
              workspace, options, source, deployment, version, history, listener, progress, clock);
      RunState state = unfinished(history, options).orElseGet(() -> begin(history, options));
      while (state.next() != Phase.RECORD) {
        state = againstWhatIsDeployed(state);
        Phase phase = state.next();
        listener.begins(phase);
        state = phases.run(state);
        listener.ends(phase);
        state.write(workspace.state());
      }
      listener.begins(Phase.RECORD);
      RetrainReport report = phases.record(state);
      listener.ends(Phase.RECORD);
      workspace.clear();
      return report;
    }
  }

  private RunState begin(History history, RetrainOptions options) {
    workspace.clear();
    return RunState.begin(
        history.nextRun(),
        settings(options),
        Adoption.agreed(history, deployment),
        clock.instant().toEpochMilli());
  }

  private String settings(RetrainOptions options) {
    return source.description() + " " + options.settings();
  }

  /** The run to go on with; empty where there is none, or none that still fits. */
  private Optional<RunState> unfinished(History history, RetrainOptions options) {
    if (options.unfinished() == RetrainOptions.Unfinished.DISCARD) {
      return Optional.empty();
    }
    Optional<RunState> found = RunState.read(workspace.state());
    if (found.isEmpty()) {
      return found;
    }
    RunState state = found.get();
    if (state.next().compareTo(Phase.PUBLISH) >= 0) {
      // Searches may use it already: whatever was asked for now, this is finished first.
      listener.note("going on with run " + state.run() + " at " + label(state.next()));
      return found;
    }
    if (!state.settings().equals(settings(options))) {
      listener.note("run " + state.run() + " had other data or options: it is given up");
      return Optional.empty();
    }
    if (!state.former().equals(deployment.deployed()) || history.nextRun() != state.run()) {
      listener.note(
          "run " + state.run() + " began before another generation was deployed: it is given up");
      return Optional.empty();
    }
    listener.note("going on with run " + state.run() + " at " + label(state.next()));
    return found;
  }

  /**
   * A run that is about to publish, be it that it was killed there. What the gate let through was
   * not worse than what was deployed when it began: where that is another generation now, for a
   * training takes hours, the gate is asked again.
   */
  private RunState againstWhatIsDeployed(RunState state) {
    if (state.next() != Phase.PUBLISH) {
      return state;
    }
    Optional<String> now = deployment.deployed();
    if (now.equals(state.former()) || now.equals(state.generation())) {
      return state;
    }
    if (now.isEmpty()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "run "
              + state.run()
              + " was to take the place of ["
              + state.former().orElse("")
              + "], and the cluster says that nothing is deployed: if it lost its registry, POST"
              + " /_neural_rescore/_recover; or begin anew with --fresh --adopt");
    }
    listener.note(
        "generation ["
            + now.get()
            + "] was deployed since run "
            + state.run()
            + " passed the gate, which is asked again");
    return state.against(now);
  }

  private static String label(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
