// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.UserFile;
import org.neuralrescore.trainer.publish.BulkWriter.Document;

/**
 * The users of a bundle who stand apart, on their way to an index: what a machine has to know to
 * write some of them. A user's document has the user's id, so that writing it again overwrites it.
 *
 * @param cluster where; its login is a secret, which no text of this shows
 * @param index that they go to, which is there and has the field
 * @param owner of the index
 * @param file with the users
 * @param field that gets a user's vector
 */
public record ApartUsers(
    ClusterAddress cluster, String index, Owner owner, UserFile file, String field)
    implements Documents {

  @Override
  public long count() {
    return file.rows();
  }

  @Override
  public Stream<Document> all() {
    return some(0, file.rows());
  }

  /** The documents of some rows, each made when it is asked for; the caller closes the stream. */
  private Stream<Document> some(long from, long to) {
    UserFile.Rows rows = file.open(from, to);
    return Stream.generate(() -> rows)
        .takeWhile(UserFile.Rows::hasNext)
        .map(UserFile.Rows::next)
        .map(row -> new Document(row.id(), fields(row), Map.of()))
        .filter(document -> !document.fields().isEmpty())
        .onClose(rows::close);
  }

  private Map<String, Object> fields(UserFile.Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (owner != Owner.THEY) {
      fields.put("user_id", row.id());
    }
    if (!row.isZero()) {
      fields.put(field, row.vector());
    }
    return fields;
  }

  /**
   * Writes some of them.
   *
   * @param to a connection to the cluster; stays the caller's
   * @param first row of the file
   * @param end behind the last row
   * @param task hears of documents
   * @return what came of it, refusals included
   * @throws org.neuralrescore.trainer.base.UserError of kind CLUSTER where nothing can be written,
   *     of kind INPUT where the file is not whole
   */
  public Written write(Cluster to, long first, long end, Progress.Task task) {
    try (Stream<Document> documents = some(first, end)) {
      return new BulkWriter(to.client(), index, owner).send(documents.iterator(), task);
    }
  }
}
