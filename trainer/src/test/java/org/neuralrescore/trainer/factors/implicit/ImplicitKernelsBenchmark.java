// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import java.util.concurrent.TimeUnit;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bench.speed.PowerLawMatrix;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.SweepListener;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The weighted implicit loss on one thread: 20,000 interactions, rank 32. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ImplicitKernelsBenchmark {
  private final SparseMatrix matrix = PowerLawMatrix.generate(1_000, 500, 20_000, 1);
  private final Histories histories = Histories.ofRows(matrix);
  private Workers workers;
  private ImplicitAls als;
  private FactorState start;
  private HistoryEncoder encoder;
  private int user;

  @Setup
  public void setUp() {
    workers = new Workers(1);
    ImplicitAlsOptions options = ImplicitAlsOptions.defaults().withRank(32).withSweeps(1);
    als = new ImplicitAls(options, workers);
    start = als.begin(matrix);
    encoder =
        FactorModel.learn(
                histories, options, 8, HistoryWeighting.uniform(), workers, Progress.none())
            .encoder();
  }

  @TearDown
  public void tearDown() {
    workers.close();
  }

  /** One sweep: 1,000 rows of users and 500 of items, each a least squares problem. */
  @Benchmark
  public FactorState alsRows() {
    return als.advance(matrix, start, 1, SweepListener.none(), Progress.none());
  }

  /** One user folded in from a whole history, eight steps. */
  @Benchmark
  public float[] foldIn() {
    user = (user + 1) % histories.userCount();
    return encoder.encode(histories, user);
  }
}
