// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.data.interactions.ContextBlock;
import org.neuralrescore.trainer.data.interactions.ContextTable;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryBlock;

/**
 * Some cases of a set as bytes, for another process, with their users' histories in rows of their
 * own; of ratings the largest is the block's own.
 */
public final class CaseBlock {
  private CaseBlock() {}

  /**
   * Some cases, which are numbered from 0 in the block.
   *
   * @param from the first
   * @param to behind the last
   */
  public static byte[] write(EvaluationSet set, int from, int to) {
    int[] cases = IntStream.range(from, to).toArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, HistoryBlock.write(set.seen(), Arrays.stream(cases).map(set::user).toArray()));
      write(out, ContextBlock.write(set.context(), cases));
      for (int c : cases) {
        out.writeInt(set.targets(c).length);
        for (int target : set.targets(c)) {
          out.writeInt(target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] block) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  /** As {@link #write(EvaluationSet, int, int)} wrote them. */
  public static EvaluationSet read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Histories seen = HistoryBlock.read(in.readNBytes(in.readInt()));
      ContextTable context = ContextBlock.read(in.readNBytes(in.readInt()));
      int[][] targets = new int[seen.userCount()][];
      for (int c = 0; c < targets.length; c++) {
        targets[c] = new int[in.readInt()];
        for (int t = 0; t < targets[c].length; t++) {
          targets[c][t] = in.readInt();
        }
      }
      return new EvaluationSet(
          seen, IntStream.range(0, targets.length).toArray(), targets, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
