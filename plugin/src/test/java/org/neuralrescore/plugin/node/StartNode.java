// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginBundle;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs a node from a home folder as Elasticsearch's own bootstrap does, with modules and plugins in
 * class loaders of their own, but without entitlements: their agent is not on Maven Central.
 */
public final class StartNode {
  private StartNode() {}

  /** Starts the node of {@code es.path.home}; a signal ends it. */
  public static void main(String[] arguments) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          LogManager.getLogger(StartNode.class).error("node ends", failure);
          // A failed start leaves threads behind.
          Runtime.getRuntime().halt(1);
        });
    start();
  }

  // The node is closed when the process ends.
  @SuppressWarnings("resource")
  private static void start() throws Exception {
    LogConfigurator.registerErrorListener();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(
            Settings.EMPTY,
            Map.of("path.home", System.getProperty("es.path.home")),
            Path.of(System.getProperty("es.path.conf")),
            () -> "node-1");
    Settings settings = environment.settings();
    LogConfigurator.setClusterName(ClusterName.CLUSTER_NAME_SETTING.get(settings).value());
    LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(settings));
    LogConfigurator.configure(environment, true);
    Path home = Path.of(System.getProperty("es.path.home"));
    Node node =
        new Node(
            environment,
            PluginsLoader.createPluginsLoader(
                bundles("loadModulesBundles", home.resolve("modules")),
                bundles("loadPluginsBundles", home.resolve("plugins")),
                Map.of(),
                false));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
    node.start();
    // A node's own threads are daemons: this one keeps the process.
    new CountDownLatch(1).await();
  }

  /** Elasticsearch 9.4 and later want to know whether the node is stateless. */
  @SuppressWarnings("unchecked")
  private static Set<PluginBundle> bundles(String method, Path folder) throws Exception {
    for (Method candidate : PluginsLoader.class.getMethods()) {
      if (candidate.getName().equals(method)) {
        return (Set<PluginBundle>)
            (candidate.getParameterCount() == 1
                ? candidate.invoke(null, folder)
                : candidate.invoke(null, folder, false));
      }
    }
    throw new NoSuchMethodException(method);
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
