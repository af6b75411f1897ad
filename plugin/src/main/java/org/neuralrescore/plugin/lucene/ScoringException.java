// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.util.OptionalInt;

/** A window could not be scored: the run failed, or gave something that is no score. */
public final class ScoringException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NO_DOC = -1;

  /** The searcher's document, or {@link #NO_DOC}. */
  private final int doc;

  public ScoringException(String message) {
    super(message);
    this.doc = NO_DOC;
  }

  public ScoringException(String message, Throwable cause) {
    super(message, cause);
    this.doc = NO_DOC;
  }

  private ScoringException(ScoringException failure, int doc) {
    super(failure.getMessage(), failure);
    this.doc = doc;
  }

  /** The same failure, said of one document. */
  ScoringException of(int failedDoc) {
    return new ScoringException(this, failedDoc);
  }

  /** The searcher's number of the document that could not be scored, where it is one document's. */
  public OptionalInt doc() {
    return doc == NO_DOC ? OptionalInt.empty() : OptionalInt.of(doc);
  }
}
