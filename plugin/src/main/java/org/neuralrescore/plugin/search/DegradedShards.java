package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.internal.ShardSearchRequest;
import org.elasticsearch.transport.Transport;
import org.elasticsearch.transport.TransportException;
import org.elasticsearch.transport.TransportInterceptor;
import org.elasticsearch.transport.TransportRequest;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportResponse;
import org.elasticsearch.transport.TransportResponseHandler;

/**
 * Brings home what shards say of a model that they went without. A shard's answer has no place for
 * it but its response headers, and of those Elasticsearch keeps the last shard's only: this reads
 * them where each answer arrives and tells the request's rescorer.
 */
public final class DegradedShards implements TransportInterceptor {
  /** The response header, a value a cause. */
  static final String HEADER = "X-Neural-Rescore-Degraded";

  private final ThreadContext threadContext;

  public DegradedShards(ThreadContext threadContext) {
    this.threadContext = threadContext;
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

  private static List<Outcome> outcomes(TransportRequest request) {
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
