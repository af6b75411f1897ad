// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.retrain.ChosenMethod;
import org.neuralrescore.trainer.retrain.InteractionSource;
import org.neuralrescore.trainer.retrain.RetrainListener;
import org.neuralrescore.trainer.retrain.Workspace;
import org.neuralrescore.trainer.tune.auto.AutoResult;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The method of a model that is trained again and again: chosen once, kept, looked for anew. */
final class RetrainChoice {
  /** The field of the training flags in the command. */
  private static final String TRAINING = "training";

  @Option(
      names = "--choose-every",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Where no method is named, one is chosen as by 'train', kept in method.json beside the"
              + " bundles, and chosen anew every N runs; default ${DEFAULT-VALUE}.")
  int every;

  @Mixin AutoChoice auto;

  /** Flags beside which any other choice would be as good. */
  private static final Set<String> IMMATERIAL = Set.of("--seed", "--threads");

  /**
   * The options of the next run.
   *
   * @param given what a person typed
   * @param spec where {@code given} is the mixin {@code training}
   */
  TrainingOptions resolve(
      TrainingFlags given,
      CommandSpec spec,
      Workspace workspace,
      InteractionSource source,
      RetrainListener log) {
    if (every < 1) {
      throw new UserError(USAGE, "--choose-every expects at least 1, got " + every);
    }
    given.chooseUnlessTold();
    auto.requireChoice(given.factors);
    if (!given.factors.auto()) {
      return given.resolve();
    }
    TrainingOptions base = given.base();
    AutoChoice.requireRoom(base);
    Map<String, String> beside = GivenFlags.values(spec, TRAINING, IMMATERIAL);
    Optional<ChosenMethod> kept = ChosenMethod.of(workspace, every, beside);
    kept.ifPresent(
        chosen ->
            log.note("method of run " + chosen.run() + ": " + String.join(" ", chosen.flags())));
    ChosenMethod chosen =
        kept.orElseGet(
            () ->
                ChosenMethod.choose(
                    workspace, beside, choose(given, base, workspace, source, log).flags()));
    // What was chosen beside what is typed now, read as if all of it had been typed.
    return TrainingFlags.read(
            AutoChoice.byHand(chosen.flags(), spec, TRAINING),
            Optional.ofNullable(spec.commandLine().getDefaultValueProvider()))
        .resolve()
        .withThreads(base.threads());
  }

  private AutoResult choose(
      TrainingFlags given,
      TrainingOptions base,
      Workspace workspace,
      InteractionSource source,
      RetrainListener log) {
    Path scratch = workspace.prepared().scratch();
    AutoResult result =
        auto.choose(
                source.read(scratch).interactions(),
                base,
                given.kept(),
                TerminalProgress.standard())
            .result();
    log.note("chosen: " + String.join(" ", result.flags()) + "; " + result.reason());
    return result;
  }
}
