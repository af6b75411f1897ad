// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.content;

import java.util.Map;
import org.neuralrescore.trainer.model.Ids;

/** One dense vector an item, from words, images or anything else; some items may have none. */
public final class ItemContent {
  private static final float[] NONE = {};

  private final int width;
  private final float[][] rows;

  private ItemContent(int width, float[][] rows) {
    this.width = width;
    this.rows = rows;
  }

  /**
   * Puts vectors in row order.
   *
   * @param width of every vector
   * @param byId vectors by item id, finite; ids that are no row are passed over. Not copied
   */
  public static ItemContent of(Ids items, int width, Map<String, float[]> byId) {
    float[][] rows = new float[items.size()][];
    for (int row = 0; row < rows.length; row++) {
      float[] vector = byId.getOrDefault(items.get(row), NONE);
      if (vector.length != 0 && vector.length != width) {
        throw new IllegalArgumentException(
            "content of item ["
                + items.get(row)
                + "] expects "
                + width
                + " values, got "
                + vector.length);
      }
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "content of item [" + items.get(row) + "] has the value " + value);
        }
      }
      rows[row] = vector;
    }
    return new ItemContent(width, rows);
  }

  /** The length of a vector. */
  public int width() {
    return width;
  }

  /** The number of items, those without content included. */
  public int itemCount() {
    return rows.length;
  }

  /** Whether an item has content. */
  public boolean has(int item) {
    return rows[item].length > 0;
  }

  /** An item's vector, empty where it has none; not a copy. */
  public float[] of(int item) {
    return rows[item];
  }
}
