// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionLines;
import org.neuralrescore.trainer.data.interactions.InteractionUnion;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.LineTally;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.TimeParser;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;

/**
 * Reads files on Spark by the rules of one machine: a task a file goes through its lines ({@link
 * LinesOfFile}), lines are grouped by user, each group becomes a part ({@link PartOfUsers}), and
 * the driver joins the parts. What comes out, errors included, is what {@code InteractionReader}
 * makes of the same files, byte for byte.
 */
final class SparkReader {
  /** Of files, which a part of users is made of. */
  private static final long BYTES_A_PART = 64L << 20;

  private final SparkSession spark;
  private final InteractionFormat format;
  private final ReadingRules rules;

  SparkReader(SparkSession spark, InteractionFormat format, ReadingRules rules) {
    this.spark = spark;
    this.format = format;
    this.rules = rules;
  }

  /**
   * Reads files one after the other as if they were one.
   *
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  Interactions read(List<DataFile> files, Progress progress) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<LinesOfFile.Source> sources = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      DataFile file = files.get(f);
      sources.add(new LinesOfFile.Source(f, file.path().toAbsolutePath().toString(), file.name()));
    }
    WireRules wire = WireRules.of(format, rules);
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    JavaRDD<Row> lines =
        context.parallelize(sources, sources.size()).flatMap(new LinesOfFile(wire, hadoop));
    int groups = groups(files, context.defaultParallelism());
    List<PartOfUsers.Gathered> parts;
    try (TaskProgress watched =
        TaskProgress.ofTasks(spark, progress, "read on spark", (long) sources.size() + groups)) {
      parts =
          watched.during(
              () ->
                  spark
                      .createDataFrame(lines, LinesOfFile.SCHEMA)
                      .repartition(groups, col(LinesOfFile.USER))
                      .sortWithinPartitions(LinesOfFile.PLACE)
                      .javaRDD()
                      .mapPartitions(new PartOfUsers(wire))
                      .collect());
    } catch (Exception e) {
      throw SparkFailure.told("reading " + DataFiles.name(files) + " on Spark failed", e);
    }
    requireRight(files, parts);
    return union(files, parts);
  }

  private static int groups(List<DataFile> files, int parallelism) {
    long bytes = 0;
    for (DataFile file : files) {
      bytes += HadoopFiles.uri(file.name()).isPresent() ? BYTES_A_PART : size(file.path());
    }
    return Math.toIntExact(Math.max(parallelism, bytes / BYTES_A_PART + 1));
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      // Its task says what is wrong with it.
      return 0;
    }
  }

  /** Throws what one machine would have thrown: the first mistake in the order of the files. */
  private void requireRight(List<DataFile> files, List<PartOfUsers.Gathered> parts) {
    Optional<TimeParser.Spelling> before = Optional.empty();
    for (LinesOfFile.End end :
        parts.stream()
            .flatMap(part -> part.ends().stream())
            .sorted(Comparator.comparingInt(LinesOfFile.End::file))
            .toList()) {
      Optional<TimeParser.Spelling> own =
          end.spelling().isEmpty()
              ? Optional.empty()
              : Optional.of(TimeParser.Spelling.valueOf(end.spelling()));
      if (before.isPresent() && own.isPresent() && !before.equals(own)) {
        findMistake(files.get(end.file()), before);
      }
      if (!end.mistake().isEmpty()) {
        throw new UserError(UserError.Kind.INPUT, mistake(files.get(end.file()), end.mistake()));
      }
      before = before.or(() -> own);
    }
  }

  /** What a task said of its file, unless it is the machine that is wrong. */
  static String mistake(DataFile file, String told) {
    return told.startsWith(file.name() + ": no such file") && Files.exists(file.path())
        ? file.name()
            + ": is on the driver's machine and not on an executor's; put it where all see it, or"
            + " name a URI such as hdfs://host/orders"
        : told;
  }

  /** A file that is right by itself and wrong behind those before it: which line is it? */
  private void findMistake(DataFile file, Optional<TimeParser.Spelling> before) {
    boolean remote = HadoopFiles.uri(file.name()).isPresent();
    try {
      DataFile here =
          remote
              ? new HadoopFiles(spark.sparkContext().hadoopConfiguration()).copy(file.name())
              : file;
      try (InteractionLines lines = InteractionLines.of(here, format, rules, before)) {
        while (lines.next()) {
          // The line that is wrong throws.
        }
      } finally {
        if (remote) {
          HadoopFiles.remove(here.path());
        }
      }
    } catch (IOException e) {
      throw file.unreadable(e);
    }
    throw new IllegalStateException(file.name() + " changed while it was read");
  }

  private Interactions union(List<DataFile> files, List<PartOfUsers.Gathered> parts) {
    InteractionUnion union = new InteractionUnion(rules);
    for (PartOfUsers.Gathered part : parts) {
      union.add(part.part());
      part.ends().forEach(end -> union.add(LineTally.leftOut(end.belowThreshold(), end.blank())));
    }
    return union.finish(DataFiles.name(files), format.time().isPresent());
  }
}
