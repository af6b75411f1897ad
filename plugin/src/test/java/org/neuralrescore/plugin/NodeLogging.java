// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import org.elasticsearch.common.logging.LogConfigurator;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Elasticsearch's classes log through what a node sets up first; so do tests without a node. */
public final class NodeLogging implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    LogConfigurator.configureESLogging();
  }
}
