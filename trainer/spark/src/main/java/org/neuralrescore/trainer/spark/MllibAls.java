// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.solver.Side;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.pipeline.UserEncoding;

/**
 * Factors by MLlib's non-negative implicit ALS, with options as {@link MllibOptions} maps them. Its
 * public API cannot begin at factors that are there, so a driver that was killed goes on behind the
 * last factorisation that ended: those are kept in files until the bundle is written.
 */
final class MllibAls implements Factorisation {
  private static final int CHECKPOINT_INTERVAL = 5;

  /** Of each side; the start of a row depends on its block, so machines must not decide it. */
  private static final int FEWEST_BLOCKS = 10;

  private static final int ONES_A_BLOCK = 5_000_000;

  /** Each half-sweep begins with the Gram matrix of the other side. */
  private static final String HALF_SWEEP = "aggregate at ALS.scala";

  private final Supplier<SparkSession> session;
  private final KeptFactors kept;
  private final Supplier<Optional<StayingUsers>> staying;

  /** What users who stay taught: it is the same for all stages. */
  private Optional<FactorState> ofOthers = Optional.empty();

  /**
   * @param session started when it is first asked for
   * @param kept what runs before this one did
   * @param staying users to learn from in place of those at hand, once they were read
   */
  MllibAls(
      Supplier<SparkSession> session, KeptFactors kept, Supplier<Optional<StayingUsers>> staying) {
    this.session = session;
    this.kept = kept;
    this.staying = staying;
  }

  @Override
  public FactorResult factorise(
      Stage stage, FactorSolver solver, SparseMatrix weights, Progress progress) {
    if (!(solver instanceof ImplicitAls als)) {
      throw new IllegalArgumentException("MLlib solves implicit ALS, got " + solver.key());
    }
    Optional<StayingUsers> others = staying.get();
    if (others.isPresent()) {
      if (ofOthers.isEmpty()) {
        String key = String.join("/", "mllib", "others", als.key(), others.get().hash());
        ofOthers =
            Optional.of(
                keptOr(
                    stage,
                    key,
                    als.sweeps(),
                    progress,
                    () -> fit(als.options(), others.get(), weights.columnCount(), progress)));
      }
      return new FactorResult(ofOthers.get().factors().byItems(), List.of(), true);
    }
    String key = String.join("/", "mllib", stage.name(), als.key(), sha256(weights));
    FactorState state =
        keptOr(
            stage,
            key,
            als.sweeps(),
            progress,
            () -> fit(als.options(), als.sweeps(), weights, progress));
    return new FactorResult(state.factors().orderedByShare(), List.of());
  }

  private FactorState keptOr(
      Stage stage, String key, int sweeps, Progress progress, Supplier<Factors> fit) {
    Optional<FactorState> done = kept.read(stage, key);
    if (done.isPresent()) {
      try (Progress.Task task = progress.start("factors on spark", sweeps)) {
        task.advance(sweeps);
        task.note("kept by a run that did not end");
      }
      return done.get();
    }
    FactorState fresh = new FactorState(fit.get(), sweeps, List.of());
    kept.write(stage, key, fresh);
    return fresh;
  }

  @Override
  public PartRanking ranking() {
    return new SparkRanking(session);
  }

  @Override
  public UserEncoding encoding() {
    return new SparkEncoding(session, staying);
  }

  /** Nothing has to go on from here. */
  void forget() {
    kept.forget();
  }

  /** Of no sweeps: the start, which MLlib improves columns first. */
  Factors fit(ImplicitAlsOptions options, int sweeps, SparseMatrix weights, Progress progress) {
    requireRoom(weights, options.rank());
    MllibOptions mapped =
        MllibOptions.of(options, touchedRows(weights), weights.columnCount(), weights.size());
    List<Broadcast<RatingBlock>> parts = broadcast(session.get(), weights);
    try {
      ALSModel model =
          model(
              options, mapped, sweeps, weights.size(), () -> rows(session.get(), parts), progress);
      double[] users =
          FactorBlock.matrix(
              model.userFactors(), weights.rowCount(), options.rank(), mapped.scale());
      return new Factors(
          options.rank(), users, items(model, weights.columnCount(), options, mapped));
    } catch (Exception e) {
      throw SparkFailure.told("factorising on Spark failed", e);
    } finally {
      parts.forEach(Broadcast::destroy);
    }
  }

  /** Of users who stay: their own factors stay with them, and only items come here. */
  private Factors fit(
      ImplicitAlsOptions options, StayingUsers others, int itemCount, Progress progress) {
    Side.size(itemCount, options.rank());
    MllibOptions mapped =
        MllibOptions.of(
            options, others.counted().users(), itemCount, others.counted().interactions());
    try {
      ALSModel model =
          model(
              options,
              mapped,
              options.sweeps(),
              others.counted().interactions(),
              others::ratings,
              progress);
      return new Factors(options.rank(), new double[0], items(model, itemCount, options, mapped));
    } catch (Exception e) {
      throw SparkFailure.told("factorising on Spark failed", e);
    }
  }

  private static double[] items(
      ALSModel model, int count, ImplicitAlsOptions options, MllibOptions mapped) {
    return FactorBlock.matrix(model.itemFactors(), count, options.rank(), mapped.scale());
  }

  private ALSModel model(
      ImplicitAlsOptions options,
      MllibOptions mapped,
      int sweeps,
      long ones,
      Supplier<JavaRDD<Row>> rows,
      Progress progress) {
    SparkSession spark = session.get();
    int blocks = Math.toIntExact(Math.max(FEWEST_BLOCKS, ones / ONES_A_BLOCK));
    try (TaskProgress watched =
        TaskProgress.ofStages(spark, progress, "factors on spark", 2L * sweeps, HALF_SWEEP)) {
      return watched.during(
          () ->
              new ALS()
                  .setUserCol(RatingBlock.ROW)
                  .setItemCol(RatingBlock.COLUMN)
                  .setRatingCol(RatingBlock.RATING)
                  .setImplicitPrefs(true)
                  .setNonnegative(true)
                  .setRank(options.rank())
                  .setMaxIter(sweeps)
                  .setAlpha(mapped.alpha())
                  .setRegParam(mapped.regParam())
                  .setSeed(options.seed())
                  .setNumBlocks(blocks)
                  .setCheckpointInterval(CHECKPOINT_INTERVAL)
                  .fit(spark.createDataFrame(rows.get(), RatingBlock.SCHEMA)));
    }
  }

  /** Before all sweeps, for the driver holds both sides behind them. */
  private static void requireRoom(SparseMatrix weights, int rank) {
    Side.size(weights.rowCount(), rank);
    Side.size(weights.columnCount(), rank);
  }

  /** Sent once to each machine that asks, in pieces: a task's own bytes have to be few. */
  private static List<Broadcast<RatingBlock>> broadcast(SparkSession spark, SparseMatrix weights) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return RatingBlock.of(weights).map(context::broadcast).toList();
  }

  private static JavaRDD<Row> rows(SparkSession spark, List<Broadcast<RatingBlock>> parts) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, parts.size()).boxed().toList(), parts.size())
        .flatMap(part -> parts.get(part).value().rows());
  }

  private static long touchedRows(SparseMatrix weights) {
    return IntStream.range(0, weights.rowCount())
        .filter(row -> weights.start(row) < weights.end(row))
        .count();
  }

  private static String sha256(SparseMatrix weights) {
    MessageDigest digest = Sha256.digest();
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    for (int row = 0; row < weights.rowCount(); row++) {
      digest.update(number.putInt(0, weights.end(row)).array());
    }
    digest.update(number.putInt(0, weights.columnCount()).array());
    for (int column : weights.columns()) {
      digest.update(number.putInt(0, column).array());
    }
    return Sha256.hex(digest);
  }
}
