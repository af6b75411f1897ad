package org.neuralrescore.plugin.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.document.DocumentField;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.neuralrescore.plugin.model.FloatVector;

/**
 * Looks vectors up by document id with an ordinary search, as the caller: rights, document and
 * field level security hold as for any search. Reads doc values, for newer indices leave vectors
 * out of {@code _source}.
 *
 * @param width what each vector must have
 */
record VectorLookup(Client client, String index, String field, int width) {
  /** The listener gets the vectors of the ids that are there and have one. */
  void find(List<String> ids, ActionListener<Map<String, FloatVector>> listener) {
    client
        .prepareSearch(index)
        .setQuery(
            QueryBuilders.constantScoreQuery(
                QueryBuilders.idsQuery().addIds(ids.toArray(String[]::new))))
        .setSize(ids.size())
        .setFetchSource(false)
        .setTrackTotalHits(false)
        .setAllowPartialSearchResults(false)
        .addDocValueField(field)
        .execute(listener.map(this::vectors));
  }

  private Map<String, FloatVector> vectors(SearchResponse response) {
    Map<String, FloatVector> vectors = new HashMap<>();
    for (SearchHit hit : response.getHits().getHits()) {
      DocumentField values = hit.field(field);
      if (values != null && !values.getValues().isEmpty()) {
        vectors.put(hit.getId(), vector(values));
      }
    }
    return vectors;
  }

  private FloatVector vector(DocumentField values) {
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
