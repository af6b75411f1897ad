// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionLines;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.TimeParser;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.engine.EngineOptions.DriverUsers;
import scala.Tuple2;

/**
 * Reads files on Spark by the rules of one machine: a task goes through the lines of a file, or of
 * a piece of a large one ({@link Sources}, {@link LinesOfFile}), lines are grouped by user, each
 * group becomes a part ({@link PartOfUsers}), which stays on executors' disks. What is wrong with
 * the files is said in the words of {@code InteractionReader}.
 */
final class SparkReader {
  /** Of files, which a part of users is made of. */
  private static final long BYTES_A_PART = 64L << 20;

  /**
   * Where users stay: factors begin at what a user's number says, so machines must not decide it.
   */
  private static final int FEWEST_PARTS = 16;

  /** Spark's own setting of how much of a file a task reads. */
  private static final String MOST_BYTES = "spark.sql.files.maxPartitionBytes";

  private final SparkSession spark;
  private final InteractionFormat format;
  private final ReadingRules rules;
  private final Optional<DriverUsers> some;

  /**
   * @param some who comes to the driver, where not all do
   */
  SparkReader(
      SparkSession spark,
      InteractionFormat format,
      ReadingRules rules,
      Optional<DriverUsers> some) {
    this.spark = spark;
    this.format = format;
    this.rules = rules;
    this.some = some;
  }

  /**
   * Reads files one after the other as if they were one.
   *
   * @return the caller closes them
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  Parts parts(List<DataFile> files, Progress progress) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Sources sources =
        new Sources(
            files,
            format,
            new HadoopFiles(context.hadoopConfiguration()),
            JavaUtils.byteStringAsBytes(spark.conf().get(MOST_BYTES)),
            context.defaultParallelism());
    List<Source> cut = sources.cut();
    Parts parts = parts(files, sources, cut, progress);
    try {
      Set<Integer> wrong = wrongPieces(cut, parts.told());
      if (!wrong.isEmpty()) {
        wrong.forEach(sources::keepWhole);
        cut = sources.cut();
        parts.close();
        parts = parts(files, sources, cut, progress);
      }
      requireRight(files, cut, parts.told());
      return parts;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Reads: planning, too, may run what comes before the lines are grouped. */
  private Parts gather(List<Source> cut, int groups) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    WireRules wire = WireRules.of(format, rules);
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    List<Tuple2<Integer, Source>> numbered =
        IntStream.range(0, cut.size()).mapToObj(n -> new Tuple2<>(n, cut.get(n))).toList();
    JavaRDD<Row> lines =
        context.parallelize(numbered, cut.size()).flatMap(new LinesOfFile(wire, hadoop));
    JavaRDD<PartOfUsers.Gathered> kept =
        spark
            .createDataFrame(lines, LinesOfFile.SCHEMA)
            .repartition(groups, col(LinesOfFile.USER))
            .sortWithinPartitions(LinesOfFile.PLACE)
            .javaRDD()
            .mapPartitions(new PartOfUsers(wire))
            .persist(StorageLevel.DISK_ONLY());
    return new Parts(
        kept,
        (some.isPresent()
                ? kept.map(PartOfUsers.Gathered::counted)
                : kept.map(PartOfUsers.Gathered::told))
            .collect());
  }

  private Parts parts(List<DataFile> files, Sources sources, List<Source> cut, Progress progress) {
    int fewest =
        some.isPresent()
            ? FEWEST_PARTS
            : JavaSparkContext.fromSparkContext(spark.sparkContext()).defaultParallelism();
    int groups = Math.toIntExact(Math.max(fewest, sources.bytes() / BYTES_A_PART + 1));
    try (TaskProgress watched =
        TaskProgress.ofTasks(spark, progress, "read on spark", (long) cut.size() + groups)) {
      List<String> large = sources.tooLarge(cut);
      if (!large.isEmpty()) {
        watched.note(
            large.get(0)
                + (large.size() > 1 ? " and " + (large.size() - 1) + " more" : "")
                + ": not cut, a task each (packed, Parquet, or fields across lines)");
      }
      return watched.during(() -> gather(cut, groups));
    } catch (Exception e) {
      throw failed(DataFiles.name(files), e);
    }
  }

  /** What is said of files of this name. */
  static UserError failed(String name, Exception e) {
    return SparkFailure.told("reading " + name + " on Spark failed", e);
  }

  /** In the order of the sources. */
  private static List<LinesOfFile.End> ends(List<PartOfUsers.Told> parts) {
    return parts.stream()
        .flatMap(part -> part.ends().stream())
        .sorted(Comparator.comparingInt(LinesOfFile.End::source))
        .toList();
  }

  /**
   * Files with something wrong in a piece, or between pieces: read as a whole they tell of it with
   * its line, or turn out to be right, where a quoted field reaches across lines.
   */
  private static Set<Integer> wrongPieces(List<Source> cut, List<PartOfUsers.Told> parts) {
    Set<Integer> wrong = new TreeSet<>();
    Map<Integer, String> spellings = new HashMap<>();
    for (LinesOfFile.End end : ends(parts)) {
      Source source = cut.get(end.source());
      if (source instanceof Source.Piece) {
        boolean mixed =
            !end.spelling().isEmpty()
                && !end.spelling()
                    .equals(spellings.computeIfAbsent(source.file(), file -> end.spelling()));
        if (mixed || !end.mistake().isEmpty()) {
          wrong.add(source.file());
        }
      }
    }
    return wrong;
  }

  /** Throws what one machine would have thrown: the first mistake in the order of the files. */
  private void requireRight(List<DataFile> files, List<Source> cut, List<PartOfUsers.Told> parts) {
    Optional<TimeParser.Spelling> before = Optional.empty();
    for (LinesOfFile.End end : ends(parts)) {
      DataFile file = files.get(cut.get(end.source()).file());
      Optional<TimeParser.Spelling> own =
          end.spelling().isEmpty()
              ? Optional.empty()
              : Optional.of(TimeParser.Spelling.valueOf(end.spelling()));
      if (before.isPresent() && own.isPresent() && !before.equals(own)) {
        findMistake(file, before);
      }
      if (!end.mistake().isEmpty()) {
        throw new UserError(UserError.Kind.INPUT, mistake(file, end.mistake()));
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
    boolean remote = HadoopFiles.reads(file);
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
}
