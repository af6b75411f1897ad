// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.neuralrescore.bundle.UserSource;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.publish.BulkWriter.Document;

/**
 * The documents of users who are held, each made when it is asked for. One whose factors are all
 * zero gets no vector, and so is the default user; a recent vector of zeros likewise.
 */
record UserDocuments(StoredBundle bundle, Optional<WideFields> wide, Owner owner)
    implements Documents {
  @Override
  public long count() {
    return bundle.users().size();
  }

  @Override
  public Stream<Document> all() {
    return IntStream.range(0, bundle.users().size())
        .mapToObj(row -> new Document(bundle.users().get(row), fields(row), Map.of()))
        .filter(document -> !document.fields().isEmpty());
  }

  private Map<String, Object> fields(int row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (owner != Owner.THEY) {
      fields.put("user_id", bundle.users().get(row));
    }
    UserSource users = bundle.manifest().users();
    if (!bundle.userFactors().isZero(row)) {
      fields.put(users.field(), bundle.userFactors().row(row));
    }
    if (users.recent().isPresent() && !bundle.userRecent().isZero(row)) {
      fields.put(users.recent().get().field(), bundle.userRecent().row(row));
    }
    wide.ifPresent(lists -> lists.putUser(row, fields));
    return fields;
  }
}
