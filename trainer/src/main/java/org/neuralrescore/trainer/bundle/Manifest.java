package org.neuralrescore.trainer.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScorerInputs;

/**
 * {@code manifest.json}: what a bundle's files are and where each input of the scorer comes from at
 * search time.
 *
 * @param name the model's name
 * @param generation the training run's
 * @param rank k
 * @param scorer the scorer's graph and its inputs and output
 * @param encoder the user encoder, where there is one
 * @param userField the vector field of the users index
 * @param defaultUser [1 x width], who is asked for when nobody is known
 * @param recent where recent vectors come from, there where the scorer reads them
 * @param explanation how the output splits into shares of factors, where it does
 * @param files sha256 of every other file, by name
 * @param provenance what the bundle was made from
 * @param metrics held-out figures
 */
public record Manifest(
    String name,
    String generation,
    int rank,
    Scorer scorer,
    Optional<Encoder> encoder,
    String userField,
    FactorMatrix defaultUser,
    Optional<Recent> recent,
    Optional<Explanation> explanation,
    Map<String, String> files,
    Map<String, ?> provenance,
    Map<String, ?> metrics) {

  /** The version of the format that this software writes and reads. */
  public static final int FORMAT = 1;

  /** The file's own name. */
  public static final String FILE = "manifest.json";

  /** The parity rows' file. */
  public static final String PARITY = "parity.json";

  /** The items' factors. */
  public static final String ITEM_FACTORS = "item-factors.npy";

  /** The items' ids, in row order. */
  public static final String ITEM_IDS = "item-ids.txt";

  /** What the scorer reads of items beside their factors, where it does. */
  public static final String ITEM_FEATURES = "item-features.npy";

  /** The users' factors. */
  public static final String USER_FACTORS = "user-factors.npy";

  /** The users' recent vectors, where the scorer reads such. */
  public static final String USER_RECENT = "user-recent.npy";

  /** The users' ids, in row order. */
  public static final String USER_IDS = "user-ids.txt";

  /** Where a value of an input comes from. */
  public enum Source {
    /** The request's user vector. */
    USER_VECTOR,
    /** A {@code dense_vector} of the document. */
    ITEM_VECTOR,
    /** A number of the document. */
    DOC_VALUE,
    /** The query's score. */
    FIRST_PASS,
    /** A value of the request's context. */
    CONTEXT,
    /** The newest items of the user's history. */
    RECENT_VECTOR
  }

  /**
   * An input of the scorer.
   *
   * @param name in the graph
   * @param source where its value comes from
   * @param width columns
   * @param field the document's field, where it comes from one
   * @param missing what stands for a number that the document has not
   * @param context what of the request's context it is, where it comes from there
   */
  public record Input(
      String name,
      Source source,
      int width,
      Optional<String> field,
      Optional<Float> missing,
      Optional<ContextColumn> context) {
    /** An input that is nothing of a request's context. */
    public Input(
        String name, Source source, int width, Optional<String> field, Optional<Float> missing) {
      this(name, source, width, field, missing, Optional.empty());
    }

    /** An input of a request's context. */
    public Input(ContextColumn column) {
      this(
          column.name(),
          Source.CONTEXT,
          column.width(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(column));
    }

    /** An input that needs no stand-in, or has zeros for one. */
    public Input(String name, Source source, int width, Optional<String> field) {
      this(name, source, width, field, Optional.empty());
    }
  }

  /**
   * The scorer.
   *
   * @param file its graph
   * @param inputs in the manifest's order
   * @param output the output's name
   * @param transform {@code softplus}, {@code sigmoid} or {@code identity}
   */
  public record Scorer(String file, List<Input> inputs, String output, String transform) {
    public Scorer {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * The user encoder.
   *
   * @param file its graph
   * @param items the input with the history's vectors
   * @param weights the input with their weights
   * @param output the user vector
   */
  public record Encoder(String file, String items, String weights, String output) {}

  /**
   * Where recent vectors come from.
   *
   * @param field the vector field of the users index
   * @param items which items of a history make one, and what each weighs
   * @param unknown [1 x rank], what stands where nothing recent is known
   */
  public record Recent(String field, RecentItems items, FactorMatrix unknown) {}

  /**
   * The output is {@code dotScale <user, item> + bias + remainder}.
   *
   * @param dotScale a
   * @param bias c
   * @param labels a text a factor, or none
   */
  public record Explanation(float dotScale, float bias, List<String> labels) {
    public Explanation {
      labels = List.copyOf(labels);
    }
  }

  /** The vector fields of the items index with their widths, in the manifest's order. */
  public List<Input> itemVectors() {
    return scorer.inputs().stream().filter(i -> i.source() == Source.ITEM_VECTOR).toList();
  }

  /** The inputs that are features of items, in the manifest's order: all but the factors. */
  public List<Input> itemFeatures() {
    Optional<Input> factors = itemVectors().stream().findFirst();
    return scorer.inputs().stream()
        .filter(i -> i.source() == Source.DOC_VALUE || i.source() == Source.ITEM_VECTOR)
        .filter(i -> factors.isEmpty() || !i.equals(factors.get()))
        .toList();
  }

  /** What the scorer reads of a request's context, in the manifest's order. */
  public List<ContextColumn> context() {
    return scorer.inputs().stream().flatMap(input -> input.context().stream()).toList();
  }

  /**
   * What the scorer reads beside the factors.
   *
   * @throws UserError of kind MISMATCH where the trainer does not write such inputs
   */
  public ScorerInputs inputs() {
    try {
      return new ScorerInputs(
          itemFeatures().stream()
              .map(
                  input ->
                      new FeatureBlock(
                          input.name(),
                          input.source() == Source.DOC_VALUE
                              ? FeatureBlock.Kind.NUMBER
                              : FeatureBlock.Kind.VECTOR,
                          input.width()))
              .toList(),
          context(),
          recent.map(Recent::items));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "model ["
              + name
              + "/"
              + generation
              + "] has inputs that this trainer does not run: "
              + e.getMessage(),
          e);
    }
  }
}
