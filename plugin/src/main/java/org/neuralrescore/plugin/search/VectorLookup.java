package org.neuralrescore.plugin.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequestBuilder;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.neuralrescore.bundle.FloatVector;

/**
 * Looks vectors up by document id with an ordinary search, as the caller: rights, document and
 * field level security hold as for any search. Reads doc values, for newer indices leave vectors
 * out of {@code _source}.
 *
 * @param fields the vectors' fields, all read in one request
 * @param width what each vector must have
 */
record VectorLookup(Client client, String index, List<String> fields, int width) {
  /** The listener gets the vectors, by field, of the ids that are there. */
  void find(List<String> ids, ActionListener<Map<String, Map<String, FloatVector>>> listener) {
    SearchRequestBuilder search =
        client
            .prepareSearch(index)
            .setQuery(
                QueryBuilders.constantScoreQuery(
                    QueryBuilders.idsQuery().addIds(ids.toArray(String[]::new))))
            .setSize(ids.size())
            .setFetchSource(false)
            .setTrackTotalHits(false)
            .setAllowPartialSearchResults(false);
    fields.forEach(search::addDocValueField);
    search.execute(listener.map(this::vectors));
  }

  /** The listener gets the vectors of the first field, of the ids that are there and have one. */
  void findFirst(List<String> ids, ActionListener<Map<String, FloatVector>> listener) {
    find(
        ids,
        listener.map(
            found -> {
              Map<String, FloatVector> vectors = new HashMap<>();
              found.forEach(
                  (id, byField) -> {
                    if (byField.containsKey(fields.get(0))) {
                      vectors.put(id, byField.get(fields.get(0)));
                    }
                  });
              return vectors;
            }));
  }

  private Map<String, Map<String, FloatVector>> vectors(SearchResponse response) {
    Map<String, Map<String, FloatVector>> vectors = new HashMap<>();
    for (SearchHit hit : response.getHits().getHits()) {
      Map<String, FloatVector> byField = new HashMap<>();
      for (String field : fields) {
        DocumentField values = hit.field(field);
        if (values != null && !values.getValues().isEmpty()) {
          byField.put(field, vector(field, values));
        }
      }
      vectors.put(hit.getId(), byField);
    }
    return vectors;
  }

  private FloatVector vector(String field, DocumentField values) {
    List<Object> numbers = new ArrayList<>();
    for (Object value : values.getValues()) {
      flatten(value, numbers);
    }
    if (numbers.size() != width) {
      throw new IllegalArgumentException(
          "[neural] field ["
              + field
              + "] of index ["
              + index
              + "] expects vectors of "
              + width
              + ", a document has "
              + numbers.size());
    }
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = ((Number) numbers.get(i)).floatValue();
    }
    return FloatVector.of(vector);
  }

  private static void flatten(Object value, List<Object> numbers) {
    if (value instanceof List<?> list) {
      list.forEach(entry -> flatten(entry, numbers));
    } else if (value instanceof float[] floats) {
      for (float number : floats) {
        numbers.add(number);
      }
    } else {
      numbers.add(value);
    }
  }
}
