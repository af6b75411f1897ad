// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

class WholeModelsTest {
  private static final SmallModel MODEL = SmallModel.of("films", "g1", 1);
  private static final SmallModel OTHER = SmallModel.of("films", "g2", 2);

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<ModelEntry> lost = new ArrayList<>();
  private final List<ModelEntry> whole = new ArrayList<>();

  private void find(ModelFiles.Reader reader, List<ModelEntry> entries) {
    WholeModels.find(
        reader,
        entries,
        tasks::add,
        (entry, failure) -> lost.add(entry),
        ActionListener.wrap(
            whole::addAll,
            failure -> {
              throw new AssertionError(failure);
            }));
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  @Test
  void find_whereSomeFilesAreGone_isTheOthers() {
    Map<String, byte[]> files = MODEL.files();
    ModelEntry there = Entries.of(MODEL, files);
    ModelEntry gone = Entries.of(OTHER, OTHER.files());
    find(
        (entry, file, listener) -> {
          if (entry.equals(there)) {
            listener.onResponse(files.get(file));
          } else {
            listener.onFailure(new IllegalStateException("no [" + file + "]"));
          }
        },
        List.of(gone, there, gone));
    assertEquals(List.of(there), whole);
    assertEquals(List.of(gone, gone), lost);
  }

  @Test
  void find_whereNoCopyIsStarted_losesAnyNumberAndKeepsItsStack() {
    int many = 100_000;
    find(
        (entry, file, listener) -> listener.onFailure(new IllegalStateException("no copy")),
        Collections.nCopies(many, Entries.of(MODEL, MODEL.files())));
    assertEquals(many, lost.size());
  }
}
