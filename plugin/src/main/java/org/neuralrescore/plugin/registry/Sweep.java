// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.threadpool.ThreadPool;
import org.neuralrescore.plugin.line.StateSection;

/**
 * Takes away, on the master, the documents of the models' index that no entry names: those of
 * uploads that failed, were cut off, or were put again. Neither the registry nor its copy names
 * them, or else they are what a recovery needs.
 */
public final class Sweep {
  /**
   * How long a document may be without an entry; it is written, and then registered, in a quarter
   * of it.
   */
  public static final Setting<TimeValue> GRACE =
      Setting.positiveTimeSetting(
          "neural_rescore.upload.grace",
          TimeValue.timeValueMinutes(10),
          Setting.Property.NodeScope);

  private static final Logger logger = LogManager.getLogger(Sweep.class);

  /** Documents a search; what is left comes with the next one. */
  private static final int PAGE = 1_000;

  private final ClusterService clusterService;
  private final SystemClient client;
  private final ThreadPool threadPool;
  private final Orphans orphans;

  private Sweep(ClusterService clusterService, SystemClient client, ThreadPool threadPool) {
    this.clusterService = clusterService;
    this.client = client;
    this.threadPool = threadPool;
    this.orphans = new Orphans(GRACE.get(clusterService.getSettings()));
  }

  /** How long an upload may take to be registered after it was begun to be written. */
  public static TimeValue patience(Settings settings) {
    return TimeValue.timeValueMillis(GRACE.get(settings).millis() / 4);
  }

  /** Sweeps from now on, whenever this node is the master. */
  public static void schedule(
      ClusterService clusterService, SystemClient client, ThreadPool threadPool) {
    TimeValue grace = GRACE.get(clusterService.getSettings());
    threadPool.scheduleWithFixedDelay(
        new Sweep(clusterService, client, threadPool)::run,
        TimeValue.timeValueMillis(Math.max(1, grace.millis() / 2)),
        threadPool.generic());
  }

  private void run() {
    ClusterState state = clusterService.state();
    if (!state.nodes().isLocalNodeElectedMaster()
        || StateSection.copies(state, FileStore.INDEX).isEmpty()) {
      return;
    }
    SearchRequest request =
        new SearchRequest(FileStore.INDEX)
            .source(
                new SearchSourceBuilder()
                    .query(
                        QueryBuilders.boolQuery()
                            .mustNot(
                                QueryBuilders.idsQuery()
                                    .addIds(named(state).toArray(String[]::new))))
                    .size(PAGE)
                    .fetchSource(false));
    client.search(request, ActionListener.wrap(this::delete, this::failed));
  }

  private static Set<String> named(ClusterState state) {
    Set<String> named = new TreeSet<>();
    Stream.of(ModelRegistry.of(state), RegistryCopy.read(state))
        .flatMap(registry -> registry.models().values().stream())
        .forEach(entry -> named.addAll(entry.stored().documents()));
    return named;
  }

  private void delete(SearchResponse response) {
    List<String> found = Stream.of(response.getHits().getHits()).map(hit -> hit.getId()).toList();
    List<String> due;
    synchronized (orphans) {
      due = orphans.due(found, threadPool.relativeTimeInMillis());
    }
    // What came to be named meanwhile is not ours.
    Set<String> named = named(clusterService.state());
    List<String> lost = due.stream().filter(document -> !named.contains(document)).toList();
    if (lost.isEmpty()) {
      return;
    }
    client.deleteFiles(
        lost,
        ActionListener.wrap(
            done ->
                logger.info(
                    "deleted {} documents of [{}] that no model names",
                    lost.size(),
                    FileStore.INDEX),
            this::failed));
  }

  private void failed(Exception failure) {
    logger.warn(
        "[{}] could not be swept: {}",
        FileStore.INDEX,
        ExceptionsHelper.unwrapCause(failure).getMessage());
  }
}
