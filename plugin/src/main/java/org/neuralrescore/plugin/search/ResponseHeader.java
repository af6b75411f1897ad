package org.neuralrescore.plugin.search;

import org.elasticsearch.common.util.concurrent.ThreadContext;

/**
 * Says in the response which model and what kind of user a search used, for a rescorer can not add
 * to the response's body: {@code X-Neural-Rescore: model=films/g3f2a; user=looked_up}.
 */
final class ResponseHeader {
  private static final String NAME = "X-Neural-Rescore";

  private ResponseHeader() {}

  static void add(ThreadContext context, RescoreRequest request) {
    String origin = "default";
    if (request.user() instanceof UserReference.Known known) {
      origin = known.origin().key();
    } else if (request.user() instanceof UserReference.Fallback fallback) {
      origin = fallback.origin().key();
    }
    context.addResponseHeader(NAME, "model=" + request.model().text() + "; user=" + origin);
  }
}
