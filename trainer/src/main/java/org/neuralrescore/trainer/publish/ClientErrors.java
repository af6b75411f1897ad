// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import java.io.IOException;
import org.elasticsearch.client.ResponseException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** Turns what the Java client throws into one line. */
final class ClientErrors {
  private ClientErrors() {}

  /** A call of the Java client. */
  interface Call<T> {
    T run() throws IOException;
  }

  /**
   * Runs a call.
   *
   * @param doing what it is for, such as {@code create index [films]}
   */
  static <T> T calling(String doing, Call<T> call) {
    try {
      return call.run();
    } catch (ElasticsearchException e) {
      throw new UserError(
          Kind.CLUSTER, "cannot " + doing + ", status " + e.status() + ": " + reason(e.error()), e);
    } catch (ResponseException e) {
      // The client knows 400 to 405 as its own exceptions and lets the others through.
      throw new UserError(
          Kind.CLUSTER,
          "cannot " + doing + ", status " + status(e) + ": " + RestCalls.reason(e),
          e);
    } catch (TransportException e) {
      throw new UserError(Kind.CLUSTER, "cannot " + doing + ": " + oneLine(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError(
          Kind.CLUSTER, "cannot " + doing + ", the cluster does not answer: " + e, e);
    }
  }

  static int status(ResponseException e) {
    return e.getResponse().getStatusLine().getStatusCode();
  }

  /** The reason that helps: the innermost, or that of a shard, behind the outer one. */
  static String reason(ErrorCause error) {
    String outer = String.valueOf(error.reason());
    ErrorCause inner = error;
    while (inner.causedBy() != null) {
      inner = inner.causedBy();
    }
    if (inner == error && !error.rootCause().isEmpty()) {
      inner = error.rootCause().get(0);
    }
    String innermost = String.valueOf(inner.reason());
    return oneLine(innermost.equals(outer) ? outer : outer + ": " + innermost);
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("\\s+", " ");
  }
}
