// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.stream.Stream;
import org.neuralrescore.trainer.publish.BulkWriter.Document;

/** Documents of one kind, each made when it is asked for. */
interface Documents {
  /** How many there are; in somebody else's index, at most. */
  long count();

  /** All of them, read anew; the caller closes the stream. */
  Stream<Document> all();
}
