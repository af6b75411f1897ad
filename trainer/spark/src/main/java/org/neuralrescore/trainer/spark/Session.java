// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.engine.EngineOptions;

/**
 * One Spark application, with a folder for checkpoints, where one is named or all is on one
 * machine: without one MLlib makes none, and says nothing.
 */
final class Session implements AutoCloseable {
  private static final String MASTER = "spark.master";
  private static final String SERIALIZER = "spark.serializer";
  private static final String JAVA_SERIALIZER = "org.apache.spark.serializer.JavaSerializer";

  private final SparkSession spark;

  /** Whether the folder for checkpoints was made for this; else ours is only what is in it. */
  private final boolean own;

  private Session(SparkSession spark, boolean own) {
    this.spark = spark;
    this.own = own;
  }

  /**
   * Refuses what names no cluster, before any work.
   *
   * @throws UserError of kind USAGE
   */
  static void requireMaster(EngineOptions options) {
    Optional<String> master = master(options);
    if (master.isEmpty()) {
      throw new UserError(
          USAGE,
          "--engine spark wants a cluster: --master local[2] for a try on this machine, --master"
              + " spark://host:7077, or spark-submit --master ...");
    }
  }

  /**
   * Refuses a training whose checkpoints would be nowhere, before any work.
   *
   * @throws UserError of kind USAGE
   */
  static void requireCheckpoints(EngineOptions options) {
    String master = master(options).orElseThrow();
    if (options.checkpoints().isEmpty() && !isHere(master)) {
      throw new UserError(
          USAGE,
          "--master "
              + master
              + " wants --checkpoint-dir, a folder that every executor can write to, such as"
              + " hdfs://host/tmp/shop");
    }
  }

  private static Optional<String> master(EngineOptions options) {
    return options
        .master()
        .or(() -> Optional.ofNullable(options.settings().get(MASTER)))
        .or(() -> Optional.ofNullable(new SparkConf().get(MASTER, null)));
  }

  /** Whether all of it is on this machine. */
  private static boolean isHere(String master) {
    return master.startsWith("local");
  }

  /**
   * Starts.
   *
   * @throws UserError where Spark does not
   */
  static Session start(EngineOptions options) {
    String master = master(options).orElseThrow();
    SparkConf conf = new SparkConf().setMaster(master);
    conf.setIfMissing("spark.app.name", "neural-rescore");
    // Parts of interactions and blocks of factors are the driver's to hold: its heap is the limit.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    if (isHere(master)) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", "localhost");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    options.settings().forEach(conf::set);
    requireJavaSerializer(conf);
    try {
      SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
      boolean own = options.checkpoints().isEmpty() && isHere(master);
      options
          .checkpoints()
          .or(() -> own ? Optional.of(scratch(options)) : Optional.empty())
          .ifPresent(spark.sparkContext()::setCheckpointDir);
      return new Session(spark, own);
    } catch (Exception e) {
      throw SparkFailure.told("--master " + master + ": Spark does not start", e);
    }
  }

  /**
   * Of what travels here some is made anew where it arrives, which Java's serialisation asks for.
   */
  private static void requireJavaSerializer(SparkConf conf) {
    String asked = conf.get(SERIALIZER, JAVA_SERIALIZER);
    if (!asked.equals(JAVA_SERIALIZER)) {
      System.err.println(
          "neural-rescore: "
              + SERIALIZER
              + "="
              + asked
              + " is not taken: what travels here does so by "
              + JAVA_SERIALIZER);
    }
    conf.set(SERIALIZER, JAVA_SERIALIZER);
  }

  private static String scratch(EngineOptions options) {
    return options.scratch().resolve("spark").toAbsolutePath().toUri().toString();
  }

  SparkSession spark() {
    return spark;
  }

  /** Stops, and leaves no checkpoint of its own behind. */
  @Override
  public void close() {
    if (spark.sparkContext().getCheckpointDir().isDefined()) {
      // Spark's own folder in the one that was named, by a flag or in Spark's settings.
      Path ours = new Path(spark.sparkContext().getCheckpointDir().get());
      remove(own ? ours.getParent() : ours);
    }
    spark.stop();
  }

  private void remove(Path made) {
    try {
      made.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(made, true);
    } catch (IOException e) {
      System.err.println("neural-rescore: " + made + " was left behind (" + e.getMessage() + ")");
    }
  }
}
