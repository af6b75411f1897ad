// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.internal.ShardSearchRequest;
import org.elasticsearch.search.query.QuerySearchRequest;
import org.elasticsearch.transport.Transport;
import org.elasticsearch.transport.TransportChannel;
import org.elasticsearch.transport.TransportException;
import org.elasticsearch.transport.TransportInterceptor;
import org.elasticsearch.transport.TransportRequest;
import org.elasticsearch.transport.TransportRequestHandler;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportResponse;
import org.elasticsearch.transport.TransportResponseHandler;

/**
 * Brings home what shards say of a model that they went without. A shard's answer has no place for
 * it but its response headers, and of those Elasticsearch keeps the last shard's only: this reads
 * them where each answer arrives and tells the request's rescorer.
 *
 * <p>Elasticsearch 9 asks a node for all its shards at once, and the answer leaves with the headers
 * of whichever thread was last: there the causes are gathered in the thread context, which the
 * shards' threads share, and are written as the answer leaves.
 */
public final class DegradedShards implements TransportInterceptor {
  /** Elasticsearch 9's request for all shards of a node. */
  private static final String NODE_QUERY = "indices:data/read/search[query][n]";

  /** The causes of a node's shards, a set of texts. */
  private static final String CAUSES = "neural_rescore_causes";

  /** The response header, a value a cause. */
  static final String HEADER = "X-Neural-Rescore-Degraded";

  private final ThreadContext threadContext;
  private final SearchServices services;

  public DegradedShards(ThreadContext threadContext, SearchServices services) {
    this.threadContext = threadContext;
    this.services = services;
  }

  /** Says in a shard's thread why it goes without its model. */
  static void tell(ThreadContext threadContext, FailureCause why) {
    Set<String> causes = threadContext.getTransient(CAUSES);
    if (causes != null) {
      causes.add(why.key());
    }
    threadContext.addResponseHeader(HEADER, why.key());
  }

  @Override
  public <T extends TransportRequest> TransportRequestHandler<T> interceptHandler(
      String action,
      Executor executor,
      boolean forceExecution,
      TransportRequestHandler<T> handler) {
    return action.equals(NODE_QUERY) ? gathering(handler) : handler;
  }

  private <T extends TransportRequest> TransportRequestHandler<T> gathering(
      TransportRequestHandler<T> handler) {
    return (request, channel, task) -> {
      Set<String> causes = ConcurrentHashMap.newKeySet();
      ThreadContext.StoredContext outside = threadContext.newStoredContext();
      try {
        threadContext.putTransient(CAUSES, causes);
        handler.messageReceived(request, new Telling(channel, threadContext, causes), task);
      } finally {
        outside.restore();
      }
    };
  }

  @Override
  public AsyncSender interceptSender(AsyncSender sender) {
    return new AsyncSender() {
      @Override
      public <T extends TransportResponse> void sendRequest(
          Transport.Connection connection,
          String action,
          TransportRequest request,
          TransportRequestOptions options,
          TransportResponseHandler<T> handler) {
        List<Outcome> outcomes = outcomes(request);
        sender.sendRequest(
            connection,
            action,
            request,
            options,
            outcomes.isEmpty() ? handler : new Listening<>(handler, threadContext, outcomes));
      }
    };
  }

  /**
   * Those that an answer to this request may speak of. Not every request of a search has its
   * source: a node's for all its shards has not, nor a shard's that follows a phase before.
   */
  private List<Outcome> outcomes(TransportRequest request) {
    List<Outcome> running = services.running(request.getParentTask());
    if (!running.isEmpty()) {
      return running;
    }
    if (request instanceof QuerySearchRequest later && later.shardSearchRequest() != null) {
      return outcomes(later.shardSearchRequest().source());
    }
    if (request instanceof ShardSearchRequest shard) {
      return outcomes(shard.source());
    }
    // A whole search goes to a remote cluster where round trips are minimised.
    return request instanceof SearchRequest search ? outcomes(search.source()) : List.of();
  }

  /** Those of the source's rescorers. */
  static List<Outcome> outcomes(SearchSourceBuilder source) {
    if (source == null || source.rescores() == null) {
      return List.of();
    }
    List<Outcome> outcomes = new ArrayList<>();
    source
        .rescores()
        .forEach(
            rescorer -> {
              if (rescorer instanceof NeuralRescorerBuilder neural) {
                outcomes.add(neural.outcome());
              }
            });
    return outcomes;
  }

  /** Writes the causes of all shards into the headers that an answer leaves with. */
  private record Telling(TransportChannel channel, ThreadContext threadContext, Set<String> causes)
      implements TransportChannel {
    @Override
    public void sendResponse(TransportResponse response) {
      causes.forEach(cause -> threadContext.addResponseHeader(HEADER, cause));
      channel.sendResponse(response);
    }

    @Override
    public void sendResponse(Exception failure) {
      channel.sendResponse(failure);
    }

    @Override
    public String getProfileName() {
      return channel.getProfileName();
    }

    @Override
    public TransportVersion getVersion() {
      return channel.getVersion();
    }
  }

  private record Listening<T extends TransportResponse>(
      TransportResponseHandler<T> handler, ThreadContext threadContext, List<Outcome> outcomes)
      implements TransportResponseHandler<T> {
    @Override
    public void handleResponse(T response) {
      for (String cause : threadContext.getResponseHeaders().getOrDefault(HEADER, List.of())) {
        outcomes.forEach(outcome -> outcome.degraded(cause));
      }
      handler.handleResponse(response);
    }

    @Override
    public void handleException(TransportException failure) {
      handler.handleException(failure);
    }

    @Override
    public T read(StreamInput in) throws IOException {
      return handler.read(in);
    }

    @Override
    public Executor executor() {
      return handler.executor();
    }
  }
}
