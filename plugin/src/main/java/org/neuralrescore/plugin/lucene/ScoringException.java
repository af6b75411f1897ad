package org.neuralrescore.plugin.lucene;

/** A window could not be scored: the run failed, or gave something that is no score. */
public final class ScoringException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ScoringException(String message) {
    super(message);
  }

  public ScoringException(String message, Throwable cause) {
    super(message, cause);
  }
}
