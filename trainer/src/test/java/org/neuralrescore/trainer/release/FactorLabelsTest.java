// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

class FactorLabelsTest {

  @Test
  void of_namesTheHeaviestItems_byTitleOrId_andUnusedFactors() {
    Ids items = new Ids(List.of("a", "b", "c", "d"));
    FactorMatrix factors = new FactorMatrix(4, 2, new float[] {0.1f, 0, 0.9f, 0, 0.9f, 0, 0.5f, 0});
    List<CatalogueItem> catalogue = List.of(new CatalogueItem("b", "Heat", "", List.of()));
    assertEquals(List.of("Heat, c, d", "unused"), FactorLabels.of(items, factors, catalogue));
  }
}
