// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.common.breaker.CircuitBreaker;

/**
 * Finds out which models have all their files, with the right bytes, one file after the other. What
 * that takes on the heap is counted in Elasticsearch's breaker of requests: a model for which there
 * is no room now is not found whole, and the call may be made again.
 */
public final class WholeModels {
  /** A part beside its file: as bytes, as base64 in its document, and as that is read. */
  private static final int PART = 4 * FileParts.PART_BYTES;

  private final CircuitBreaker heap;
  private final ModelFiles.Reader reader;
  private final Executor executor;
  private final BiConsumer<ModelEntry, Exception> lost;
  private final Deque<ModelEntry> left;
  private final List<ModelEntry> whole = new ArrayList<>();

  private WholeModels(
      CircuitBreaker heap,
      ModelFiles.Reader reader,
      Collection<ModelEntry> entries,
      Executor executor,
      BiConsumer<ModelEntry, Exception> lost) {
    this.heap = heap;
    this.reader = reader;
    this.left = new ArrayDeque<>(entries);
    this.executor = executor;
    this.lost = lost;
  }

  /**
   * Reads all of them.
   *
   * @param heap counts what is read, as long as it is there
   * @param executor of which each model is a task of its own: a reader may answer in the thread
   *     that asks, and hundreds of answers inside one another are more than a stack holds
   * @param lost told of each model that is not whole, and why
   * @param listener gets the others, in order
   */
  public static void find(
      CircuitBreaker heap,
      ModelFiles.Reader reader,
      Collection<ModelEntry> entries,
      Executor executor,
      BiConsumer<ModelEntry, Exception> lost,
      ActionListener<List<ModelEntry>> listener) {
    new WholeModels(heap, reader, entries, executor, lost).next(listener);
  }

  private void next(ActionListener<List<ModelEntry>> listener) {
    ModelEntry entry = left.poll();
    if (entry == null) {
      listener.onResponse(whole);
      return;
    }
    ActionListener.run(
        ActionListener.runAfter(
            ActionListener.<Void>wrap(
                read -> whole.add(entry), failure -> lost.accept(entry, failure)),
            () -> executor.execute(ActionRunnable.wrap(listener, this::next))),
        found -> check(entry, found));
  }

  private void check(ModelEntry entry, ActionListener<Void> listener) {
    long bytes = largest(entry) + PART;
    heap.addEstimateBytesAndMaybeBreak(bytes, "neural-rescore recovery of [" + entry.id() + "]");
    ActionListener.run(
        ActionListener.runBefore(listener, () -> heap.addWithoutBreaking(-bytes)),
        counted -> ModelFiles.check(reader, entry, counted));
  }

  /** Of files in documents of their own the length is not known before. */
  private static long largest(ModelEntry entry) {
    return entry.stored() instanceof FileParts parts
        ? parts.bytes().values().stream().mapToLong(Integer::longValue).max().orElse(0)
        : 0;
  }
}
