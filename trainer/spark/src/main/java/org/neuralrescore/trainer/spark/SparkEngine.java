// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.data.table.Location;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.publish.UserWriting;

/** Spark, started when there is first something to do. */
final class SparkEngine implements Engine {
  private final EngineOptions options;
  private final Progress progress;
  private final MllibAls als;
  private final List<Path> copies = new ArrayList<>();
  private Optional<Session> session = Optional.empty();
  private Optional<StayingUsers> staying = Optional.empty();

  SparkEngine(EngineOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    this.als =
        new MllibAls(
            this::spark,
            new KeptFactors(() -> spark().sparkContext().hadoopConfiguration(), kept(options)),
            () -> staying);
    Session.requireMaster(options);
  }

  private static String kept(EngineOptions options) {
    return options.checkpoints().orElseGet(() -> Session.uri(options.scratch()));
  }

  @Override
  public void require(TrainingOptions training) {
    Session.requireCheckpoints(options);
    if (!(training.factors() instanceof ImplicitAlsOptions implicit)) {
      throw refused("--factors " + training.factors().method().label());
    }
    if (implicit.block() < implicit.rank()) {
      throw refused("--solver ials++");
    }
    if (training.rows().values() != CellValues.ONE) {
      throw refused("--values other than one");
    }
    if (training.rows().halfLifeDays().isPresent()) {
      throw refused("--half-life-days");
    }
    if (training.privacy().differential().isPresent()) {
      throw refused("--dp-epsilon");
    }
  }

  private static UserError refused(String what) {
    return new UserError(
        USAGE,
        "--engine spark factorises by MLlib, which takes --factors implicit-als, --solver als and"
            + " --values one without --half-life-days and --dp-epsilon, got "
            + what
            + "; leave it out or train with --engine local");
  }

  @Override
  public List<DataFile> files(List<Location> named) {
    List<DataFile> files = new ArrayList<>();
    for (Location location : named) {
      files.addAll(
          location.isUri()
              ? new HadoopFiles(spark().sparkContext().hadoopConfiguration()).of(location.text())
              : DataFiles.of(List.of(location.path()), System.in));
    }
    return looked(files);
  }

  /**
   * The first is looked at for its columns before any is read: its first lines are brought here.
   */
  private List<DataFile> looked(List<DataFile> files) {
    DataFile first = files.get(0);
    if (HadoopFiles.reads(first)) {
      try {
        HadoopFiles hadoop = new HadoopFiles(spark().sparkContext().hadoopConfiguration());
        DataFile copy = new RemoteHead(hadoop, first.name()).toLookAt();
        copies.add(copy.path());
        files.set(0, copy);
      } catch (IOException e) {
        throw first.unreadable(e);
      }
    }
    return files;
  }

  @Override
  public Interactions read(List<DataFile> files, InteractionFormat format, ReadingRules rules) {
    String name = DataFiles.name(files);
    boolean timed = format.time().isPresent();
    Parts parts =
        new SparkReader(spark(), format, rules, options.driverUsers()).parts(files, progress);
    if (options.driverUsers().isEmpty()) {
      try (parts) {
        return AllUsers.of(spark(), parts, rules, name, timed, progress);
      }
    }
    try {
      SomeUsers some =
          SomeUsers.of(spark(), parts, options.driverUsers().get(), rules, name, timed, progress);
      staying = Optional.of(some.staying());
      return some.interactions();
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  @Override
  public Factorisation factorisation() {
    return als;
  }

  @Override
  public UserWriting userWriting() {
    return new SparkUserWriting(this::spark);
  }

  @Override
  public Map<String, Object> provenance() {
    Map<String, Object> provenance = new TreeMap<>();
    provenance.put("engine", "spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION());
    options.driverUsers().ifPresent(some -> provenance.put("driver_users", some.users()));
    return provenance;
  }

  @Override
  public void finished() {
    als.forget();
  }

  private SparkSession spark() {
    if (session.isEmpty()) {
      session = Optional.of(Session.start(options));
    }
    return session.get().spark();
  }

  @Override
  public void close() {
    staying.ifPresent(StayingUsers::close);
    staying = Optional.empty();
    session.ifPresent(Session::close);
    session = Optional.empty();
    for (Path copy : copies) {
      try {
        HadoopFiles.remove(copy);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + copy, e);
      }
    }
    copies.clear();
    RunFolder.removeIfEmpty(options.scratch());
  }
}
