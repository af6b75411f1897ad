// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.fieldcaps.FieldCapabilities;
import org.elasticsearch.action.search.SearchRequestBuilder;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.fetch.StoredFieldsContext;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.NeighbourList;

/**
 * Looks vectors up by document id with an ordinary search, as the caller: rights, document and
 * field level security hold as for any search. Reads doc values, for newer indices leave vectors
 * out of {@code _source}. What it finds must be vectors: the doc values of numbers come sorted, and
 * would be somebody else's taste.
 *
 * @param nodes all that may answer
 * @param index an index, a pattern or an alias, in which an id is one document's
 * @param fields all read in one request; the first is the vector that is looked for
 * @param width what each vector must have
 */
record VectorLookup(
    Client client, DiscoveryNodes nodes, String index, List<String> fields, int width) {
  private static final String DENSE_VECTOR = "dense_vector";

  /**
   * The listener gets what was read, by id, of the ids that are there, perhaps without a vector in
   * the first field; or a {@link ModelFailure} where the index cannot be read as vectors.
   */
  void find(List<String> ids, ActionListener<Map<String, Found>> listener) {
    SearchRequestBuilder search =
        client
            .prepareSearch(index)
            .setQuery(QueryBuilders.constantScoreQuery(LookUpQuery.of(ids, fields, nodes)))
            // One more than there can be: an id that is there twice shows.
            .setSize(ids.size() + 1)
            .setFetchSource(false)
            .setTrackTotalHits(false)
            .setAllowPartialSearchResults(false);
    fields.forEach(search::addDocValueField);
    boolean one = ids.size() == 1;
    if (one) {
      // Whose it is, is known: no block of stored fields is decompressed for its id.
      search.storedFields(StoredFieldsContext._NONE_);
    }
    Function<SearchHit, String> idOf = one ? hit -> ids.get(0) : SearchHit::getId;
    search.execute(
        listener.delegateFailureAndWrap(
            (delegate, response) -> {
              Map<String, Found> found = found(response, idOf);
              if (found.values().stream().noneMatch(item -> item.has(fields.get(0)))) {
                requireField(delegate.map(ignored -> found));
              } else {
                delegate.onResponse(found);
              }
            }));
  }

  /** Nothing was found: that is an answer only where there is such a field for this caller. */
  private void requireField(ActionListener<Void> listener) {
    client
        .prepareFieldCaps(index)
        .setFields(fields.get(0))
        .execute(
            listener.map(
                response -> {
                  Map<String, FieldCapabilities> types = response.getField(fields.get(0));
                  if (types == null || types.isEmpty()) {
                    throw notFit(
                        fields.get(0),
                        "is not there, or this caller may not read it: name the index that the"
                            + " model's vectors are published to");
                  }
                  for (String type : types.keySet()) {
                    if (!type.equals(DENSE_VECTOR)) {
                      throw notFit(
                          fields.get(0),
                          "is a [" + type + "], and is expected to be a dense_vector");
                    }
                  }
                  return null;
                }));
  }

  /** What a document has in the fields. */
  final class Found {
    private final String id;
    private final Map<String, List<Object>> values = new HashMap<>();

    private Found(String id, SearchHit hit) {
      this.id = id;
      for (String field : fields) {
        DocumentField read = hit.field(field);
        if (read != null && !read.getValues().isEmpty()) {
          values.put(field, read.getValues());
        }
      }
    }

    private boolean has(String field) {
      return values.containsKey(field);
    }

    /** The vector of a field. */
    Optional<FloatVector> vector(String field) {
      return Optional.ofNullable(values.get(field)).map(read -> toVector(field, read));
    }

    /** The number of a field. */
    Optional<Integer> ordinal(String field) {
      return Optional.ofNullable(values.get(field))
          .filter(read -> read.get(0) instanceof Number)
          .map(read -> ((Number) read.get(0)).intValue());
    }

    /** The ordinals and weights of a field. */
    Optional<NeighbourList> list(String field) {
      return Optional.ofNullable(values.get(field)).map(read -> read(field, read.get(0)));
    }

    private NeighbourList read(String field, Object value) {
      try {
        return NeighbourList.read(Base64.getDecoder().decode(String.valueOf(value)));
      } catch (IllegalArgumentException e) {
        throw new ModelFailure(
            FailureCause.FIELD_NOT_FIT,
            "document ["
                + id
                + "] of ["
                + index
                + "] has a field ["
                + field
                + "] that this model cannot read, publish it again: "
                + e.getMessage());
      }
    }
  }

  private Map<String, Found> found(SearchResponse response, Function<SearchHit, String> idOf) {
    Map<String, Found> found = new HashMap<>();
    for (SearchHit hit : response.getHits().getHits()) {
      String id = idOf.apply(hit);
      if (found.put(id, new Found(id, hit)) != null) {
        throw new ModelFailure(
            FailureCause.FIELD_NOT_FIT,
            "[" + index + "] has several documents of one id: name the one index to look it up in");
      }
    }
    return found;
  }

  private FloatVector toVector(String field, List<Object> values) {
    // A vector is one value. Numbers, one by one, are a numeric field's, sorted.
    if (values.size() != 1 || values.get(0) instanceof Number) {
      throw notFit(field, "has numbers, not a vector, and is expected to be a dense_vector");
    }
    if (values.get(0) instanceof float[] floats) {
      return sized(field, floats.clone());
    }
    if (!(values.get(0) instanceof List<?> numbers)) {
      throw notFit(field, "is expected to be a dense_vector of floats");
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!(numbers.get(i) instanceof Number number)) {
        throw notFit(field, "is expected to be a dense_vector of floats");
      }
      vector[i] = number.floatValue();
    }
    return sized(field, vector);
  }

  private FloatVector sized(String field, float[] vector) {
    if (vector.length != width) {
      throw notFit(field, "expects vectors of " + width + ", a document has " + vector.length);
    }
    return FloatVector.of(vector);
  }

  private ModelFailure notFit(String field, String rule) {
    return new ModelFailure(
        FailureCause.FIELD_NOT_FIT, "field [" + field + "] of [" + index + "] " + rule);
  }
}
