// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block of 26 positives with four negatives each through the scorer, forward and backward. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BackpropagationBenchmark {
  private static final int NEGATIVES = 4;
  private static final int ITEMS = 500;

  /** k; with hidden layers 32, 16, 8 the smaller is bench trainer's network. */
  @Param({"32", "64"})
  public int rank;

  private NetworkLayout layout;
  private Backpropagation backpropagation;
  private float[][] parameters;
  private float[][] gradient;
  private ScaledExamples examples;

  /** Two thirds of the factors are zero, as learned ones are. */
  @Setup
  public void setUp() {
    layout = new NetworkLayout(rank, ScorerInputs.none(), List.of(32, 16, 8));
    backpropagation = new Backpropagation(layout, NEGATIVES);
    SplittableRandom random = new SplittableRandom(1);
    parameters = layout.start(new Calibration(1f, 0f), random);
    gradient = layout.zeros();
    float[] factors = new float[ITEMS * rank];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextInt(3) > 0 ? 0f : random.nextFloat();
    }
    examples = new ScaledExamples(factors, factors, factors, new float[0], new float[0]);
  }

  /** Filling the block, forward, backward. */
  @Benchmark
  public double block() {
    ExampleBlock block = backpropagation.block();
    int item = 0;
    while (!block.isFull()) {
      int[] negatives = {item + 1, item + 2, item + 3, item + 4};
      block.add(examples, item, negatives, new float[0], new float[NEGATIVES + 1]);
      item += NEGATIVES + 1;
    }
    return backpropagation.learn(parameters, gradient);
  }
}
