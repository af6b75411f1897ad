// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
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

  /** Paths, a comma between them. */
  private static final String JARS = "neuralrescore.spark.jars";

  private final SparkSession spark;

  private final RunFolder folder;

  /** The folder that was named for runs of this name; of it ours is only what is in it. */
  private final Optional<String> checkpoints;

  /** The folder on this machine where none was named and all is here. */
  private final Optional<Path> own;

  private Session(SparkSession spark, RunFolder folder, EngineOptions options, String master) {
    this.spark = spark;
    this.folder = folder;
    this.checkpoints = options.checkpoints();
    this.own =
        checkpoints.isEmpty() && isHere(master)
            ? Optional.of(new Path(uri(options.scratch().resolve("spark"))))
            : Optional.empty();
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

  /** Whether executors are threads of the driver. */
  private static boolean isInside(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /**
   * What executors have not themselves, where the launcher knows it; {@code spark-submit} is given
   * it by {@code --jars}. Ours stand first: Spark's annotations of Jackson are older.
   */
  private static void bringJars(SparkConf conf) {
    Optional.ofNullable(System.getProperty(JARS))
        .ifPresent(
            jars -> {
              conf.setIfMissing("spark.jars", jars);
              conf.setIfMissing("spark.executor.userClassPathFirst", "true");
            });
  }

  /**
   * Starts.
   *
   * @throws UserError where Spark does not, of kind BUSY where another run of this name is at work
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
    if (!isInside(master)) {
      bringJars(conf);
    }
    options.settings().forEach(conf::set);
    requireJavaSerializer(conf);
    SparkSession spark;
    try {
      spark = SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception e) {
      throw SparkFailure.told("--master " + master + ": Spark does not start", e);
    }
    try {
      return begun(spark, RunFolder.take(options.scratch()), options, master);
    } catch (Exception e) {
      spark.stop();
      throw SparkFailure.told("--master " + master + ": no folder for checkpoints", e);
    }
  }

  private static Session begun(
      SparkSession spark, RunFolder folder, EngineOptions options, String master) {
    Session session = new Session(spark, folder, options, master);
    try {
      session.begin();
      return session;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Clears what a run that was killed left, and says where checkpoints of this one go. */
  private void begin() {
    folder.left().map(Path::new).filter(this::remove).ifPresent(gone -> folder.settle());
    if (checkpoints.isPresent()) {
      spark.sparkContext().setCheckpointDir(checkpoints.get());
      folder.owe(spark.sparkContext().getCheckpointDir().get());
    } else if (own.isPresent()) {
      remove(own.get());
      spark.sparkContext().setCheckpointDir(own.get().toString());
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

  /** A folder of this machine, as Hadoop calls it. */
  static String uri(java.nio.file.Path folder) {
    return new Path(folder.toAbsolutePath().toUri()).toString();
  }

  SparkSession spark() {
    return spark;
  }

  /** Stops, and leaves no checkpoint of its own behind. */
  @Override
  public void close() {
    if (own.isPresent()) {
      remove(own.get());
    } else if (spark.sparkContext().getCheckpointDir().isDefined()) {
      // Spark's own folder in the one that was named, by a flag or in Spark's settings.
      if (remove(new Path(spark.sparkContext().getCheckpointDir().get()))) {
        folder.settle();
      }
      checkpoints.map(Path::new).ifPresent(this::removeIfEmpty);
    }
    spark.stop();
    folder.close();
  }

  private boolean remove(Path made) {
    try {
      files(made).delete(made, true);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("neural-rescore: " + made + " was left behind (" + e.getMessage() + ")");
      return false;
    }
  }

  /** What is in it is kept for the next run. */
  private void removeIfEmpty(Path named) {
    try {
      if (files(named).listStatus(named).length == 0) {
        files(named).delete(named, false);
      }
    } catch (IOException e) {
      System.err.println("neural-rescore: " + named + " was left behind (" + e.getMessage() + ")");
    }
  }

  private FileSystem files(Path of) throws IOException {
    return of.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
