// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.BundleContent;
import org.neuralrescore.trainer.bundle.BundleWriter;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.wide.LocalRidge;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * A whole run at a size: a generated file is read, factorised, every user encoded, and the bundle
 * written, each step timed, in whatever heap the process has.
 */
public final class ScaleBench {
  private static final double NANOS = 1e9;

  private ScaleBench() {}

  /**
   * What to run.
   *
   * @param users of the generated matrix
   * @param items of the generated matrix
   * @param interactions of the generated matrix, met exactly
   * @param factors the method and its options
   * @param wide how item-to-item weights are learned, too; empty: not at all
   * @param threads at most
   * @param folder keeps the file between runs, and gets the bundle
   */
  public record Options(
      int users,
      int items,
      int interactions,
      FactorOptions factors,
      Optional<WideOptions> wide,
      int threads,
      Path folder) {
    public Options {
      PowerLawMatrix.require(users, items, interactions);
      if (threads < 1) {
        throw new IllegalArgumentException("scale bench expects threads >= 1, got " + threads);
      }
    }

    /** The file of exactly this matrix: another run's is another one. */
    private Path file() {
      return folder.resolve(
          "power-law-"
              + users
              + "x"
              + items
              + "-"
              + interactions
              + "-seed-"
              + factors.seed()
              + ".csv.gz");
    }
  }

  /**
   * What it took; seconds of wall time.
   *
   * @param users that the data had
   * @param items that the data had, which may be fewer than the matrix has columns
   * @param interactions that the data had
   * @param readSeconds from the compressed file to histories
   * @param wideSeconds item-to-item weights of all items, where they were asked for
   * @param sweepSeconds all sweeps with their losses
   * @param encodeSeconds every user through the encoder
   * @param bundleSeconds graphs checked and files written
   * @param peakHeapBytes the sum of the heap pools' own peaks since the start: no less than what
   *     was ever used at once, garbage included
   * @param maxHeapBytes what the process may use
   */
  public record Report(
      int users,
      int items,
      int interactions,
      int sweeps,
      double readSeconds,
      OptionalDouble wideSeconds,
      double sweepSeconds,
      double encodeSeconds,
      double bundleSeconds,
      long peakHeapBytes,
      long maxHeapBytes) {

    /** Seconds of one sweep over a million interactions. */
    public double sweepSecondsAMillion() {
      return sweepSeconds / sweeps / (interactions / 1e6);
    }
  }

  /** Runs. */
  public static Report run(Options options, Progress progress) {
    try {
      Files.createDirectories(options.folder());
      Path file = options.file();
      if (!Files.exists(file)) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        PowerLawFile.write(
            unfinished,
            PowerLawMatrix.generate(
                options.users(), options.items(), options.interactions(), options.factors().seed()),
            options.factors().seed());
        Files.move(unfinished, file);
      }
      return run(options, file, progress);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + options.folder(), e);
    }
  }

  private static Report run(Options options, Path file, Progress progress) {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long begun = System.nanoTime();
    Interactions data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults()).read(file);
    long read = System.nanoTime();
    try (Workers workers = new Workers(options.threads())) {
      OptionalDouble wide = wide(options, data.histories(), workers, progress);
      long told = System.nanoTime();
      FactorModel model =
          FactorModel.learn(
              data.histories(),
              options.factors().solver(workers),
              RowScheme.users(),
              EncoderOptions.defaults(),
              FactorSolver::fit,
              progress);
      long swept = System.nanoTime();
      FactorMatrix users = model.encoder().encodeAll(data.histories(), workers);
      long encoded = System.nanoTime();
      write(options, data, model, users);
      long written = System.nanoTime();
      return new Report(
          data.users().size(),
          data.items().size(),
          data.histories().size(),
          model.objective().size(),
          (read - begun) / NANOS,
          wide,
          (swept - told) / NANOS,
          (encoded - swept) / NANOS,
          (written - encoded) / NANOS,
          heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum(),
          Runtime.getRuntime().maxMemory());
    }
  }

  private static OptionalDouble wide(
      Options options, Histories histories, Workers workers, Progress progress) {
    if (options.wide().isEmpty()) {
      return OptionalDouble.empty();
    }
    long begun = System.nanoTime();
    try (Progress.Task task = progress.start("wide", 1)) {
      var unused =
          LocalRidge.learn(histories, HistoryWeighting.uniform(), options.wide().get(), workers);
      task.advance(1);
    }
    return OptionalDouble.of((System.nanoTime() - begun) / NANOS);
  }

  private static void write(
      Options options, Interactions data, FactorModel model, FactorMatrix users) {
    int rank = users.rank();
    TrainedModel trained =
        new TrainedModel(
            data.users(),
            data.items(),
            users,
            model.encoder().items(),
            new ScorerWeights(rank, 1f, 0f, List.of()),
            model.encoder().foldIn(),
            new FactorMatrix(1, rank, new float[rank]));
    // The time in the name: the same run twice measures the same twice.
    Provenance provenance =
        new Provenance(
            data.sha256(),
            options.factors().seed(),
            Map.of("measured", Long.toString(System.nanoTime())),
            Map.of());
    new BundleWriter(options.folder())
        .write(new BundleContent("scale", trained, List.of(), provenance, Map.of()));
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
