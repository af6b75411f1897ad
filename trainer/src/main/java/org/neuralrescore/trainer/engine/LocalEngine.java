// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.engine;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.data.table.Location;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/** This process, which can do all that there is. */
final class LocalEngine implements Engine {
  @Override
  public void require(TrainingOptions options) {}

  @Override
  public List<DataFile> files(List<Location> named) {
    return DataFiles.of(named.stream().map(LocalEngine::here).toList(), System.in);
  }

  private static Path here(Location named) {
    if (named.isUri() && !Files.exists(named.path())) {
      throw new UserError(
          INPUT,
          named.text()
              + ": is a URI, which train --engine spark reads; give the path of a file of"
              + " interactions");
    }
    return named.path();
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
