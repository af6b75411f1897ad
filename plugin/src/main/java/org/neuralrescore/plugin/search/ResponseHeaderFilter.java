// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.List;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.TransportSearchAction;
import org.elasticsearch.action.support.ActionFilterChain;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;

/**
 * Says in a search's response header which model and what kind of user it used, for a rescorer can
 * not add to the response's body: {@code X-Neural-Rescore: model=films/g3f2a; user=looked_up}.
 *
 * <p>Where shards, or the whole search, went on without the model, {@code
 * X-Neural-Rescore-Degraded} says why, a value a {@link FailureCause}.
 *
 * <p>A search that explains is kept out of the request cache here, too.
 *
 * <p>A filter, because what a rewrite adds to its thread's context may be lost: the rewrite goes on
 * in another thread, and the response comes back in a third. This adds the header in the thread
 * that answers. A rescorer inside a retriever is a search of its own and answers to its parent, so
 * there the header is not certain.
 */
public final class ResponseHeaderFilter implements MappedActionFilter {
  static final String NAME = "X-Neural-Rescore";

  private final SearchServices services;

  public ResponseHeaderFilter(SearchServices services) {
    this.services = services;
  }

  @Override
  public String actionName() {
    return TransportSearchAction.NAME;
  }

  @Override
  public <Q extends ActionRequest, A extends ActionResponse> void apply(
      Task task,
      String action,
      Q request,
      ActionListener<A> listener,
      ActionFilterChain<Q, A> chain) {
    List<Outcome> outcomes =
        request instanceof SearchRequest search
            ? DegradedShards.outcomes(search.source())
            : List.of();
    if (outcomes.isEmpty()) {
      if (task instanceof CancellableTask search && hasRetriever(request)) {
        Outcome.noted(
            services.client().threadPool().getThreadContext(),
            search,
            () -> chain.proceed(task, action, request, listener));
      } else {
        chain.proceed(task, action, request, listener);
      }
      return;
    }
    forgetNothingThatIsExplained((SearchRequest) request);
    if (task instanceof CancellableTask search) {
      outcomes.forEach(outcome -> outcome.of(search));
    }
    chain.proceed(
        task,
        action,
        request,
        ActionListener.runBefore(
            listener.delegateFailure(
                (delegate, response) -> {
                  ThreadContext headers = services.client().threadPool().getThreadContext();
                  for (Outcome outcome : outcomes) {
                    outcome.resolved().ifPresent(text -> headers.addResponseHeader(NAME, text));
                    for (String cause : outcome.degraded()) {
                      headers.addResponseHeader(DegradedShards.HEADER, cause);
                    }
                  }
                  delegate.onResponse(response);
                }),
            services.begin(task.getId(), outcomes)::run));
  }

  private static boolean hasRetriever(ActionRequest request) {
    return request instanceof SearchRequest search
        && search.source() != null
        && search.source().retriever() != null;
  }

  /**
   * A shard explains in its fetch phase what it rescored in its query phase: of one that came from
   * the request cache it would not know.
   */
  private static void forgetNothingThatIsExplained(SearchRequest search) {
    if (Boolean.TRUE.equals(search.source().explain())) {
      search.requestCache(false);
    }
  }

  /** The header's value. */
  static String text(RescoreRequest request) {
    if (request.model() instanceof ModelReference.Unavailable) {
      return "model=" + request.model().text() + "; unavailable";
    }
    String origin = "unresolved";
    if (request.user() instanceof UserReference.Known known) {
      origin = known.origin().key();
    } else if (request.user() instanceof UserReference.Fallback fallback) {
      origin = fallback.origin().key();
    }
    return "model=" + request.model().text() + "; user=" + origin;
  }
}
