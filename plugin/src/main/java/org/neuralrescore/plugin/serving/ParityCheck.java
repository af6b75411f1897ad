// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.stream.IntStream;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * Runs a bundle's parity rows: what the trainer computed must come out here too. The cases are of
 * the model's manifest: their shapes fit.
 */
public final class ParityCheck {
  private final LoadedModel model;
  private final ParityCases cases;
  private final Cancellation cancellation;
  private double maxDifference;

  private ParityCheck(LoadedModel model, ParityCases cases, Cancellation cancellation) {
    this.model = model;
    this.cases = cases;
    this.cancellation = cancellation;
  }

  /**
   * What was reproduced.
   *
   * @param rows scorer rows and encoder cases
   * @param maxDifference the largest {@code |a - b| / max(1, |b|)}
   */
  public record Result(int rows, double maxDifference) {}

  /**
   * Runs every case.
   *
   * @param cancellation asked now and then; what it throws ends the check and is thrown
   * @throws InvalidBundleException naming the first case that differs
   */
  public static Result run(LoadedModel model, ParityCases cases, Cancellation cancellation) {
    ParityCheck check = new ParityCheck(model, cases, cancellation);
    try (LoadedModel.Lease lease =
        model.lease().orElseThrow(() -> new IllegalStateException("the model is closed"))) {
      for (int c = 0; c < cases.scores().size(); c++) {
        check.score(lease, c);
      }
      if (model.manifest().encoder().isPresent()) {
        for (int c = 0; c < cases.users().size(); c++) {
          check.encode(lease, c);
        }
      }
    }
    return new Result(cases.rows(), check.maxDifference);
  }

  private void score(LoadedModel.Lease lease, int index) {
    ParityCases.ScoreCase expected = cases.scores().get(index);
    String at = "parity.json scores[" + index + "]";
    int count = expected.output().length();
    ScoreRuns runs =
        new ScoreRuns(
            lease.scorer(), lease.pool(), model.manifest().scorer(), expected, cancellation);
    float[] together = runs.run(IntStream.range(0, count).toArray());
    for (int row = 0; row < count; row++) {
      compare(at + ".output[" + row + "]", together[row], expected.output().get(row));
    }
    RowsApart.check(runs::run, together, cases.tolerance(), at);
  }

  private void encode(LoadedModel.Lease lease, int index) {
    ParityCases.UserCase expected = cases.users().get(index);
    String at = "parity.json users[" + index + "]";
    FloatVector user =
        lease.encode(expected.items(), expected.weights(), cancellation).orElseThrow();
    for (int f = 0; f < user.length(); f++) {
      compare(at + ".user[" + f + "]", user.get(f), expected.user().get(f));
    }
  }

  private void compare(String at, float actual, float expected) {
    double difference = Math.abs((double) actual - expected) / Math.max(1, Math.abs(expected));
    if (!(difference <= cases.tolerance())) {
      throw new InvalidBundleException(
          at
              + " is not reproduced: expects "
              + expected
              + " within "
              + cases.tolerance()
              + ", got "
              + actual);
    }
    maxDifference = Math.max(maxDifference, difference);
  }
}
