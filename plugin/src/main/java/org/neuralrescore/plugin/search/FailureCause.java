// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Locale;
import org.elasticsearch.rest.RestStatus;

/**
 * Why a search goes without its model. The one table: what status a search with {@code on_failure:
 * error} gets, and the name that one with {@code first_pass} finds in its response header and
 * operators in the counters. What the request itself has wrong (a key, a length, a context column)
 * is a 400 and what the caller may not read a 403, whatever {@code on_failure} says.
 */
public enum FailureCause {
  /** There is no such model or alias. */
  UNKNOWN_MODEL(RestStatus.BAD_REQUEST),
  /** A remote cluster does not have the model of the search's own cluster. */
  MODEL_NOT_THERE(RestStatus.BAD_REQUEST),
  /** The model was deleted while the search ran. */
  MODEL_DELETED(RestStatus.CONFLICT),
  /** The model could not be opened on a node. */
  MODEL_NOT_OPEN(RestStatus.SERVICE_UNAVAILABLE),
  /** The users or items index could not be read: it is missing, closed, or a shard failed. */
  LOOK_UP_FAILED(RestStatus.SERVICE_UNAVAILABLE),
  /** An index lacks a field that the model reads, or has another kind of field there. */
  FIELD_NOT_FIT(RestStatus.BAD_REQUEST),
  /** The scorer or the user encoder failed. */
  RUN_FAILED(RestStatus.INTERNAL_SERVER_ERROR),
  /** An output is no finite number. */
  NOT_FINITE(RestStatus.INTERNAL_SERVER_ERROR),
  /** The model or a run of it does not fit the plugin's circuit breaker now. */
  NO_MEMORY(RestStatus.TOO_MANY_REQUESTS),
  /**
   * The search's time was up before its window was scored. Where it does not do without, that is
   * Elasticsearch's to answer: in part with {@code timed_out}, or with this status.
   */
  TIMED_OUT(RestStatus.GATEWAY_TIMEOUT),
  /** Somebody cancelled the search: no policy covers that. */
  CANCELLED(RestStatus.BAD_REQUEST);

  private final RestStatus status;

  FailureCause(RestStatus status) {
    this.status = status;
  }

  /** The status of a search that does not do without; some failures bring one of their own. */
  RestStatus status() {
    return status;
  }

  /** As header and counters write it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
