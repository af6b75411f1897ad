// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.engine;

import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.Location;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.publish.UserWriting;

/**
 * Reads and factorises for one training, and publishes what was trained. Whatever the engine, equal
 * files and rules give equal interactions, so everything else is the same.
 */
public interface Engine extends AutoCloseable {

  /**
   * Whether it can do what is asked.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind USAGE that says what it does not take
   */
  void require(TrainingOptions options);

  /**
   * The files that are meant by what was named, in the order in which they are read.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where there is none
   */
  List<DataFile> files(List<Location> named);

  /**
   * Reads files one after the other as if they were one.
   *
   * @param files as {@link #files} gave them
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where something is wrong with
   *     them
   */
  Interactions read(List<DataFile> files, InteractionFormat format, ReadingRules rules);

  /** How factors are learned, of options that it can do. */
  Factorisation factorisation();

  /** How users of a bundle who stand apart are published; what is not asked for starts nothing. */
  default UserWriting userWriting() {
    return UserWriting.here();
  }

  /** What of it decides the bundle's bytes beside data and options. */
  Map<String, Object> provenance();

  /** The bundle is there: a run after this one has nothing to go on from. */
  void finished();

  @Override
  void close();

  /** This process. */
  static Engine local() {
    return new LocalEngine();
  }
}
