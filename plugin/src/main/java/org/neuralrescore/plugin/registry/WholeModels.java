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

/** Finds out which models have all their files, with the right bytes, one after the other. */
public final class WholeModels {
  private final ModelFiles.Reader reader;
  private final Executor executor;
  private final BiConsumer<ModelEntry, Exception> lost;
  private final Deque<ModelEntry> left;
  private final List<ModelEntry> whole = new ArrayList<>();

  private WholeModels(
      ModelFiles.Reader reader,
      Collection<ModelEntry> entries,
      Executor executor,
      BiConsumer<ModelEntry, Exception> lost) {
    this.reader = reader;
    this.left = new ArrayDeque<>(entries);
    this.executor = executor;
    this.lost = lost;
  }

  /**
   * Reads all of them.
   *
   * @param executor of which each model is a task of its own: a reader may answer in the thread
   *     that asks, and hundreds of answers inside one another are more than a stack holds
   * @param lost told of each model that is not whole, and why
   * @param listener gets the others, in order
   */
  public static void find(
      ModelFiles.Reader reader,
      Collection<ModelEntry> entries,
      Executor executor,
      BiConsumer<ModelEntry, Exception> lost,
      ActionListener<List<ModelEntry>> listener) {
    new WholeModels(reader, entries, executor, lost).next(listener);
  }

  private void next(ActionListener<List<ModelEntry>> listener) {
    ModelEntry entry = left.poll();
    if (entry == null) {
      listener.onResponse(whole);
      return;
    }
    ModelFiles.read(
        reader,
        entry,
        ActionListener.runAfter(
            ActionListener.wrap(files -> whole.add(entry), failure -> lost.accept(entry, failure)),
            () -> executor.execute(ActionRunnable.wrap(listener, this::next))));
  }
}
