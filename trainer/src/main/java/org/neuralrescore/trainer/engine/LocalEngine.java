// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/** This process, which can do all that there is. */
final class LocalEngine implements Engine {
  @Override
  public void require(TrainingOptions options) {}

  @Override
  public List<DataFile> files(List<Path> named) {
    return DataFiles.of(named, System.in);
  }

  @Override
  public Interactions read(List<DataFile> files, InteractionFormat format, ReadingRules rules) {
    return new InteractionReader(format, rules).read(files);
  }

  @Override
  public Factorisation factorisation() {
    return Factorisation.cold();
  }

  @Override
  public Map<String, Object> provenance() {
    return Map.of();
  }

  @Override
  public void finished() {}

  @Override
  public void close() {}
}
