// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.lucene.uid.Versions;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.index.VersionType;
import org.elasticsearch.index.get.GetResult;
import org.elasticsearch.index.shard.IndexShard;
import org.elasticsearch.indices.IndicesService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.line.StateSection;

/**
 * Reads a part of a model's file from a shard of the models' index, without any index privilege:
 * sent as the system to the nodes with a started copy, one after the other until one answers; the
 * node reads its own shard.
 */
public final class TransportReadFile
    extends HandledTransportAction<ReadFileRequest, ReadFileResponse> {
  /** The action's name: roles cannot grant it, the system may call it. */
  public static final String NAME = "internal:neural_rescore/file/read";

  /** The action. */
  public static final ActionType<ReadFileResponse> TYPE = new ActionType<>(NAME);

  private final TransportService transportService;
  private final ClusterService clusterService;
  private final IndicesService indicesService;
  private final ThreadPool threadPool;

  @Inject
  public TransportReadFile(
      TransportService transportService,
      ClusterService clusterService,
      IndicesService indicesService,
      ThreadPool threadPool,
      ActionFilters actionFilters) {
    super(
        NAME,
        transportService,
        actionFilters,
        ReadFileRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.transportService = transportService;
    this.clusterService = clusterService;
    this.indicesService = indicesService;
    this.threadPool = threadPool;
  }

  @Override
  protected void doExecute(
      Task task, ReadFileRequest request, ActionListener<ReadFileResponse> listener) {
    if (request.isLocal()) {
      threadPool
          .executor(ThreadPool.Names.GENERIC)
          .execute(() -> ActionListener.completeWith(listener, () -> readShard(request)));
    } else {
      ask(copies(clusterService.state()), request.toLocal(), listener);
    }
  }

  private void ask(
      Deque<DiscoveryNode> copies,
      ReadFileRequest request,
      ActionListener<ReadFileResponse> listener) {
    DiscoveryNode node = copies.poll();
    if (node == null) {
      listener.onFailure(
          new ElasticsearchStatusException(
              "the models' index ["
                  + FileStore.INDEX
                  + "] has no started copy: the search may be tried again",
              RestStatus.SERVICE_UNAVAILABLE));
      return;
    }
    transportService.sendRequest(
        node,
        NAME,
        request,
        new ActionListenerResponseHandler<>(
            listener.delegateResponse(
                (delegate, failure) -> {
                  if (copies.isEmpty()) {
                    delegate.onFailure(failure);
                  } else {
                    ask(copies, request, delegate);
                  }
                }),
            ReadFileResponse::new,
            // Who asked puts a whole file together and hashes it: not on a transport thread.
            threadPool.executor(ThreadPool.Names.GENERIC)));
  }

  /** The nodes with a started copy, this one first. */
  private Deque<DiscoveryNode> copies(ClusterState state) {
    List<DiscoveryNode> nodes = new ArrayList<>();
    for (ShardRouting copy : StateSection.copies(state, FileStore.INDEX)) {
      DiscoveryNode node = state.nodes().get(copy.currentNodeId());
      if (node != null) {
        nodes.add(node.equals(state.nodes().getLocalNode()) ? 0 : nodes.size(), node);
      }
    }
    return new ArrayDeque<>(nodes);
  }

  // The one way to get a document that servers of both lines have.
  @SuppressWarnings("deprecation")
  private ReadFileResponse readShard(ReadFileRequest request) throws IOException {
    IndexMetadata index =
        StateSection.index(clusterService.state(), FileStore.INDEX)
            .orElseThrow(
                () ->
                    new ElasticsearchStatusException(
                        "the models' index [" + FileStore.INDEX + "] is gone: put the model again",
                        RestStatus.NOT_FOUND));
    IndexShard shard = indicesService.indexServiceSafe(index.getIndex()).getShard(0);
    GetResult document =
        shard
            .getService()
            .get(
                request.document(),
                new String[0],
                true,
                Versions.MATCH_ANY,
                VersionType.INTERNAL,
                FetchSourceContext.FETCH_SOURCE,
                false);
    Map<String, Object> source =
        document.isExists() && !document.isSourceEmpty() ? document.sourceAsMap() : Map.of();
    if (source.get(FileStore.BYTES_FIELD) instanceof String bytes) {
      return new ReadFileResponse(Base64.getDecoder().decode(bytes));
    }
    throw new ElasticsearchStatusException(
        "the models' index ["
            + FileStore.INDEX
            + "] has no document ["
            + request.document()
            + "] of the model: put the model again",
        RestStatus.NOT_FOUND);
  }
}
