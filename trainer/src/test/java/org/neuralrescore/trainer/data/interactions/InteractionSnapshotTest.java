// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

class InteractionSnapshotTest {
  @TempDir Path folder;

  private Interactions read(boolean timed) throws IOException {
    Path file = folder.resolve("ratings.csv");
    Files.writeString(
        file,
        "userId,movieId,rating,timestamp\nä,x,5,30\nb,y,1,20\nb,x,4,40\nä,x,3,50\nb,z,2,10\n");
    InteractionFormat format = InteractionFormat.movieLensCsv();
    return new InteractionReader(
            timed ? format : format.withTime(Optional.empty()),
            ReadingRules.defaults().withMinRating(2).withCatalogue(List.of("w")))
        .read(file);
  }

  @Test
  void read_givesAnEqualValue_summaryIncluded() throws IOException {
    for (boolean timed : new boolean[] {true, false}) {
      Interactions data = read(timed);
      Path file = folder.resolve("snapshot");
      InteractionSnapshot.write(file, data);
      Interactions again = InteractionSnapshot.read(file);
      assertEquals(data.sha256(), again.sha256());
      assertEquals(data.summary(), again.summary());
      assertEquals(data.users().asList(), again.users().asList());
      assertEquals(data.items().asList(), again.items().asList());
      assertEquals(timed, again.timed());
      assertEquals(2, again.histories().count(2));
      for (int p = 0; p < data.histories().size(); p++) {
        assertEquals(data.histories().item(p), again.histories().item(p));
        assertEquals(data.histories().time(p), again.histories().time(p));
        assertEquals(data.histories().rating(p), again.histories().rating(p));
        assertEquals(data.histories().count(p), again.histories().count(p));
      }
    }
  }

  @Test
  void read_ofAFileThatIsCutChangedOrMissing_saysWhichAndWhatToDo() throws IOException {
    Path file = folder.resolve("snapshot");
    InteractionSnapshot.write(file, read(true));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 5) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file);
    }
    byte[] changed = whole.clone();
    changed[whole.length - 80] ^= 1;
    Files.write(file, changed);
    refused(file);
    Files.delete(file);
    refused(file);
  }

  private static void refused(Path file) {
    UserError error = assertThrows(UserError.class, () -> InteractionSnapshot.read(file));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains("--fresh"), error.getMessage());
  }
}
