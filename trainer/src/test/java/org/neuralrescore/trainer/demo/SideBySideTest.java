// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.demo.SideBySide.Column;

class SideBySideTest {

  @Test
  void render_cutsWhatIsLong_andKeepsShortColumnsOpen() {
    assertEquals(
        """
            plain         user 7
            ------------  ------------
          1 A title tha…  B
          2 C
        """,
        SideBySide.render(
            List.of(
                new Column("plain", List.of("A title that is long", "C")),
                new Column("user 7", List.of("B"))),
            30));
  }
}
