package org.neuralrescore.plugin.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.fieldcaps.FieldCapabilities;
import org.elasticsearch.action.search.SearchRequestBuilder;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.neuralrescore.bundle.FloatVector;

/**
 * Looks vectors up by document id with an ordinary search, as the caller: rights, document and
 * field level security hold as for any search. Reads doc values, for newer indices leave vectors
 * out of {@code _source}. What it finds must be vectors: the doc values of numbers come sorted, and
 * would be somebody else's taste.
 *
 * @param nodes all that may answer
 * @param index an index, a pattern or an alias, in which an id is one document's
 * @param fields the vectors' fields, all read in one request; the first is what is looked for
 * @param width what each vector must have
 */
record VectorLookup(
    Client client, DiscoveryNodes nodes, String index, List<String> fields, int width) {
  private static final String DENSE_VECTOR = "dense_vector";

  /**
   * The listener gets the vectors, by id and field, of the ids that have one in the first field; or
   * a {@link ModelFailure} where the index can not be read as vectors.
   */
  void find(List<String> ids, ActionListener<Map<String, Map<String, FloatVector>>> listener) {
    SearchRequestBuilder search =
        client
            .prepareSearch(index)
            .setQuery(QueryBuilders.constantScoreQuery(HiddenIdsQuery.of(ids, nodes)))
            // One more than there can be: an id that is there twice shows.
            .setSize(ids.size() + 1)
            .setFetchSource(false)
            .setTrackTotalHits(false)
            .setAllowPartialSearchResults(false);
    fields.forEach(search::addDocValueField);
    search.execute(
        listener.delegateFailureAndWrap(
            (delegate, response) -> {
              Map<String, Map<String, FloatVector>> found = vectors(response);
              found.values().removeIf(byField -> !byField.containsKey(fields.get(0)));
              if (found.isEmpty()) {
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
                        "is not there, or this caller may not read it: name the index that the"
                            + " model's vectors are published to");
                  }
                  for (String type : types.keySet()) {
                    if (!type.equals(DENSE_VECTOR)) {
                      throw notFit("is a [" + type + "], and is expected to be a dense_vector");
                    }
                  }
                  return null;
                }));
  }

  private Map<String, Map<String, FloatVector>> vectors(SearchResponse response) {
    Map<String, Map<String, FloatVector>> vectors = new HashMap<>();
    for (SearchHit hit : response.getHits().getHits()) {
      Map<String, FloatVector> byField = new HashMap<>();
      for (String field : fields) {
        DocumentField values = hit.field(field);
        if (values != null && !values.getValues().isEmpty()) {
          byField.put(field, vector(values.getValues()));
        }
      }
      if (vectors.put(hit.getId(), byField) != null) {
        throw new ModelFailure(
            FailureCause.FIELD_NOT_FIT,
            "[" + index + "] has several documents of one id: name the one index to look it up in");
      }
    }
    return vectors;
  }

  private FloatVector vector(List<Object> values) {
    // A vector is one value. Numbers, one by one, are a numeric field's, sorted.
    if (values.size() != 1 || values.get(0) instanceof Number) {
      throw notFit("has numbers, not a vector, and is expected to be a dense_vector");
    }
    if (values.get(0) instanceof float[] floats) {
      return sized(floats.clone());
    }
    if (!(values.get(0) instanceof List<?> numbers)) {
      throw notFit("is expected to be a dense_vector of floats");
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!(numbers.get(i) instanceof Number number)) {
        throw notFit("is expected to be a dense_vector of floats");
      }
      vector[i] = number.floatValue();
    }
    return sized(vector);
  }

  private FloatVector sized(float[] vector) {
    if (vector.length != width) {
      throw notFit("expects vectors of " + width + ", a document has " + vector.length);
    }
    return FloatVector.of(vector);
  }

  private ModelFailure notFit(String rule) {
    return new ModelFailure(
        FailureCause.FIELD_NOT_FIT, "field [" + fields.get(0) + "] of [" + index + "] " + rule);
  }
}
