// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What came of some cases behind each other. */
public final class RankedPart {
  private final CaseMetrics[] cases;
  private final Optional<Lists> lists;

  /**
   * What a survey looks at.
   *
   * @param byGroup figures by how common the targets are
   * @param exposure what the lists were made of
   */
  record Lists(PopularityRows byGroup, Exposure exposure) {}

  /**
   * @param cases figures, a case a row; not copied
   */
  RankedPart(CaseMetrics[] cases, Optional<Lists> lists) {
    this.cases = cases;
    this.lists = lists;
  }

  /** The number of cases. */
  public int size() {
    return cases.length;
  }

  /** Writes the figures to {@code rows[first ..]}. */
  void copy(CaseMetrics[] rows, int first) {
    System.arraycopy(cases, 0, rows, first, cases.length);
  }

  Lists lists() {
    return lists.orElseThrow();
  }

  /** As bytes, for another process; every double as it is. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(cases.length);
      for (CaseMetrics row : cases) {
        row.write(out);
      }
      out.writeBoolean(lists.isPresent());
      if (lists.isPresent()) {
        lists.get().byGroup().write(out);
        lists.get().exposure().write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As {@link #toBytes} wrote it. */
  public static RankedPart of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      CaseMetrics[] cases = new CaseMetrics[in.readInt()];
      for (int row = 0; row < cases.length; row++) {
        cases[row] = CaseMetrics.read(in);
      }
      return new RankedPart(
          cases,
          in.readBoolean()
              ? Optional.of(new Lists(PopularityRows.read(in, cases.length), Exposure.read(in)))
              : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
