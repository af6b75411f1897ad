// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.engine.EngineProvider;

/** {@code --engine spark}. */
public final class SparkProvider implements EngineProvider {
  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Engine open(EngineOptions options, Progress progress) {
    return new SparkEngine(options, progress);
  }
}
