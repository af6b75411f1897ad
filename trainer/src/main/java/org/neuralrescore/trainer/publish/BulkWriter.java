// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes documents in bulk. The size of a request follows the cluster: it grows by half while all
 * goes well, and halves where the cluster says that it has too much to do (429) or that the request
 * is too large (413); what was turned away is sent again. Once a request went well, a second one is
 * on its way while the cluster works at the first. No more documents are held than these two have.
 * Not thread-safe.
 */
final class BulkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);
  private static final int FIRST = 200;
  private static final int MOST = 2_000;
  private static final int AT_ONCE = 2;
  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final ElasticsearchClient client;
  private final String index;
  private final long firstPauseMillis;
  private final Deque<Document> waiting = new ArrayDeque<>();
  private final Deque<Sent> sent = new ArrayDeque<>();
  private Owner owner;
  private long absent;
  private long written;
  private long refusals;
  private Optional<String> refusal = Optional.empty();
  private int size = FIRST;
  private int most = MOST;
  private int atOnce = 1;
  private int attempt;

  BulkWriter(ElasticsearchClient client, String index, Owner owner) {
    this(client, index, owner, FIRST_PAUSE_MILLIS);
  }

  BulkWriter(ElasticsearchClient client, String index, Owner owner, long firstPauseMillis) {
    this.client = client;
    this.index = index;
    this.owner = owner;
    this.firstPauseMillis = firstPauseMillis;
  }

  /**
   * A document to update, or to make where there is none.
   *
   * @param id its {@code _id}
   * @param fields what it gets; other fields stay
   * @param onlyIfNew what it gets besides when there was none
   */
  record Document(String id, Map<String, Object> fields, Map<String, Object> onlyIfNew) {
    /** What it is where there was none. */
    Map<String, Object> whole() {
      Map<String, Object> whole = new LinkedHashMap<>(onlyIfNew);
      whole.putAll(fields);
      return whole;
    }
  }

  private record Sent(List<Document> batch, Future<BulkRequest.Answer> answer) {}

  /**
   * Sends all documents, and is content with nothing less.
   *
   * @param documents asked for as requests are filled
   * @throws UserError of kind CLUSTER where the cluster refused any: after everything was sent,
   *     with each refusal in the log
   */
  Written write(Iterator<Document> documents, Progress.Task progress) {
    return send(documents, progress).requireTaken(index);
  }

  /**
   * Sends all documents, each refusal in the log.
   *
   * @param documents asked for as requests are filled
   * @throws UserError of kind CLUSTER where nothing can be written
   */
  Written send(Iterator<Document> documents, Progress.Task progress) {
    ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    try {
      while (isMore(documents) || !sent.isEmpty()) {
        if (sent.size() < atOnce && isMore(documents)) {
          BulkRequest request = new BulkRequest(client, index, owner, batch(documents));
          sent.add(new Sent(request.documents(), senders.submit(request::send)));
        } else {
          receive(sent.poll(), progress);
        }
      }
    } finally {
      sent.clear();
      senders.shutdownNow();
    }
    return new Written(written, absent, refusals, refusal);
  }

  private boolean isMore(Iterator<Document> documents) {
    return !waiting.isEmpty() || documents.hasNext();
  }

  private List<Document> batch(Iterator<Document> documents) {
    List<Document> batch = new ArrayList<>();
    while (batch.size() < size && isMore(documents)) {
      batch.add(waiting.isEmpty() ? documents.next() : waiting.poll());
    }
    return batch;
  }

  private void receive(Sent request, Progress.Task progress) {
    BulkRequest.Answer answer = await(request.answer());
    if (answer instanceof BulkRequest.TooLarge) {
      sendAgain(request.batch());
      // What is too large today is so tomorrow: no waiting, and no growing back to it.
      most = Math.max(1, Math.min(most, request.batch().size() * 3 / 4));
      size = Math.max(1, Math.min(size, request.batch().size() / 2));
    } else if (answer instanceof BulkRequest.Taken taken) {
      sendAgain(taken.there());
      sendAgain(taken.busy());
      if (!taken.there().isEmpty()) {
        // Somebody else writes here, too: what they made is updated.
        owner = Owner.WE;
      }
      absent += taken.absent();
      for (String refused : taken.refusals()) {
        refusals++;
        refusal = refusal.or(() -> Optional.of(refused));
        LOG.warn("index [{}] refused {}", index, refused);
      }
      int done = request.batch().size() - taken.busy().size() - taken.there().size();
      written += done;
      progress.advance(done);
      if (taken.busy().isEmpty()) {
        attempt = 0;
        atOnce = AT_ONCE;
        size = Math.min(most, size + size / 2 + 1);
      } else {
        slowDown(done > 0);
      }
    } else {
      sendAgain(request.batch());
      slowDown(false);
    }
  }

  private void sendAgain(List<Document> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      waiting.addFirst(batch.get(i));
    }
  }

  private void slowDown(boolean anyTaken) {
    attempt = anyTaken ? 0 : attempt + 1;
    atOnce = 1;
    size = Math.max(1, size / 2);
    if (attempt >= ATTEMPTS) {
      throw new UserError(
          Kind.CLUSTER,
          "index ["
              + index
              + "] turned "
              + ATTEMPTS
              + " requests in a row away, down to "
              + size
              + " documents: try again when the cluster has less to do");
    }
    try {
      Thread.sleep(firstPauseMillis << attempt);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private BulkRequest.Answer await(Future<BulkRequest.Answer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a request failed", e.getCause());
    }
  }

  private UserError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UserError(
        Kind.CLUSTER, "interrupted while index [" + index + "] was being written", e);
  }
}
