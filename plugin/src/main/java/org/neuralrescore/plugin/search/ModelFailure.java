// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.tasks.TaskCancelledException;

/**
 * A search cannot use its model: what {@link FailurePolicy} is about. Stays on its node: {@link
 * #toClient} is what goes out.
 */
final class ModelFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCause why;
  private final RestStatus status;

  ModelFailure(FailureCause why, String message) {
    this(why, why.status(), message);
  }

  ModelFailure(FailureCause why, RestStatus status, String message) {
    super("[neural] " + message);
    this.why = why;
    this.status = status;
  }

  /** A failure that says more than we could: it is what the client gets. */
  private ModelFailure(FailureCause why, Exception failure) {
    super("[neural] " + failure.getMessage(), failure);
    this.why = why;
    this.status = ExceptionsHelper.status(failure);
  }

  /**
   * What a failed look-up is.
   *
   * @return empty where the caller lacks the right, or stopped the search: no policy covers that
   */
  static Optional<ModelFailure> ofLookUp(Exception failure) {
    if (failure instanceof ModelFailure known) {
      return Optional.of(known);
    }
    RestStatus status = ExceptionsHelper.status(failure);
    boolean stopped =
        isCancelled(failure) || status == RestStatus.FORBIDDEN || status == RestStatus.UNAUTHORIZED;
    return stopped
        ? Optional.empty()
        : Optional.of(new ModelFailure(FailureCause.LOOK_UP_FAILED, failure));
  }

  /** Whether somebody stopped the search. */
  static boolean isCancelled(Exception failure) {
    return ExceptionsHelper.unwrap(failure, TaskCancelledException.class) != null;
  }

  /** Memory that the circuit breaker does not give now. */
  static ModelFailure noMemory(CircuitBreakingException full) {
    return new ModelFailure(FailureCause.NO_MEMORY, full);
  }

  /** Why. */
  FailureCause why() {
    return why;
  }

  /** What a search gets that does not do without the model. */
  Exception toClient() {
    return getCause() instanceof Exception failure
        ? failure
        : new ElasticsearchStatusException(getMessage(), status);
  }

  /** The same, to throw. */
  RuntimeException thrown() {
    return ExceptionsHelper.convertToRuntime(toClient());
  }
}
