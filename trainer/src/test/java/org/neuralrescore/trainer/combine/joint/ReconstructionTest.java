// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.planted.PlantedTastes;

class ReconstructionTest {
  private static final Histories HISTORIES =
      new PlantedTastes(4, 20, 30, 8, 5).interactions().histories();

  /** Of items that are nought a user's shares add up to the loss of their row. */
  @ParameterizedTest
  @EnumSource(Ridge.class)
  void shares_ofOneUser_addUpToTheirRidge(Ridge ridge) {
    ImplicitLoss loss = new ImplicitLoss(0.3, 0.05, ridge);
    Reconstruction shares = new Reconstruction(HISTORIES, 2, loss, 1);
    double[] vector = {3, 4};
    double[] items = new double[2 * HISTORIES.itemCount()];
    for (int user = 0; user < HISTORIES.userCount(); user++) {
      double sum = 0;
      for (int p = HISTORIES.start(user); p < HISTORIES.end(user); p++) {
        int[] rows = {HISTORIES.item(p)};
        sum += shares.add(user, vector, 0, items, rows, 0, 1, 1, new double[2], 0, new double[2]);
      }
      int touched = HISTORIES.length(user);
      double held = ridge == Ridge.ALL ? touched + 0.3 * HISTORIES.itemCount() : touched;
      assertEquals(touched + 0.05 * held * 25, sum, 1e-9);
    }
  }
}
