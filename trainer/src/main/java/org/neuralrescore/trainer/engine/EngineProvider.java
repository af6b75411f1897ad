// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.engine;

import org.neuralrescore.trainer.base.progress.Progress;

/** An engine that is found on the class path by {@link java.util.ServiceLoader}. */
public interface EngineProvider {
  /** Its name in options. */
  String name();

  /** Starts it; the caller closes it. */
  Engine open(EngineOptions options, Progress progress);
}
