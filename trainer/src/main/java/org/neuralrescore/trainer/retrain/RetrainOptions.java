// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.OptionalInt;
import org.neuralrescore.trainer.data.split.RandomFraction;
import org.neuralrescore.trainer.data.split.UserDisjoint;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/**
 * What decides a run, but for its data.
 *
 * @param training of the training
 * @param warmSweeps sweeps where there are former factors to go on from; empty: as in {@code
 *     training}
 * @param checkpointSweeps factors are saved after every so many sweeps, default 1
 * @param gate what is asked of a new model
 * @param start whether factors go on from the deployed generation's, default so
 * @param unfinished what to do with a run that was killed, default go on with it
 * @param keepBundles how many of the runs' bundles stay, the deployed and the former one besides;
 *     empty: all
 * @param baselines that the report has beside the model, default none: they decide nothing
 */
@RecordBuilder
public record RetrainOptions(
    TrainingOptions training,
    OptionalInt warmSweeps,
    int checkpointSweeps,
    GateOptions gate,
    Start start,
    Unfinished unfinished,
    OptionalInt keepBundles,
    List<Baseline> baselines)
    implements RetrainOptionsBuilder.With {

  /** Where factors begin. */
  public enum Start {
    /** At the deployed generation's item factors. */
    WARM,
    /** At random. */
    COLD
  }

  /** What to do with a run that was killed. */
  public enum Unfinished {
    /** Go on where it stood. */
    GO_ON,
    /** Forget it and begin anew. */
    DISCARD
  }

  public RetrainOptions {
    baselines = List.copyOf(baselines);
    if (!training.protocol().holdsOut()) {
      throw new IllegalArgumentException(
          "retraining compares with the former model on held-out cases, and --protocol none has"
              + " none; choose another");
    }
    if (training.protocol() instanceof UserDisjoint
        || training.protocol() instanceof RandomFraction) {
      throw new IllegalArgumentException(
          "retraining compares with a former model, which may have learned from what ["
              + training.protocol().label()
              + "] draws now; choose a protocol that holds out the end of histories or of time, such"
              + " as leave-last-out, of data without times the last lines");
    }
    if (checkpointSweeps < 1 || warmSweeps.orElse(1) < 1 || keepBundles.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "retraining expects sweeps of at least 1 and bundles to keep of at least 0, got "
              + checkpointSweeps
              + ", "
              + warmSweeps
              + ", "
              + keepBundles);
    }
  }

  /** The documented defaults. */
  public static RetrainOptions defaults(TrainingOptions training) {
    return new RetrainOptions(
        training,
        OptionalInt.empty(),
        1,
        GateOptions.defaults(),
        Start.WARM,
        Unfinished.GO_ON,
        OptionalInt.empty(),
        List.of());
  }

  /** All that decides what a run makes, as text: a killed run is resumed for the same alone. */
  String settings() {
    return training.withThreads(1)
        + " "
        + warmSweeps
        + " "
        + start
        + " "
        + gate.rule()
        + " "
        + gate.tolerance()
        + " "
        + gate.confidence()
        + " "
        + gate.cases();
  }
}
