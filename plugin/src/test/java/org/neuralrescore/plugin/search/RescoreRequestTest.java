// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.index.query.IdsQueryBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.NeighbourList;
import org.neuralrescore.plugin.EarlierBuild;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.registry.PluginNodes;

class RescoreRequestTest {
  private static RescoreRequest parse(String json) throws IOException {
    try (XContentParser parser =
        XContentType.JSON.xContent().createParser(XContentParserConfiguration.EMPTY, json)) {
      parser.nextToken();
      return RescoreParser.parse(parser);
    }
  }

  private static RescoreRequest throughTheWire(RescoreRequest request) throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    request.writeTo(out);
    return RescoreRequest.read(out.bytes().streamInput());
  }

  private static List<RescoreRequest> requests() throws IOException {
    return List.of(
        parse("{\"model\":\"films\"}"),
        parse("{\"model\":\"films\",\"user\":{\"id\":\"42\"},\"weight\":0.5}"),
        parse("{\"model\":\"films\",\"user\":{\"id\":42},\"on_failure\":\"first_pass\"}"),
        parse("{\"model\":\"a/g1\",\"user\":{\"vector\":[1,2.5]}}"),
        parse("{\"model\":\"a/g1\",\"user\":{\"history\":[\"x\",7],\"weights\":[1,2]}}"),
        parse("{\"model\":\"a\",\"context\":{\"country\":\"France\",\"hour\":13,\"new\":true}}"),
        parse("{\"model\":\"a\",\"context\":{}}"),
        parse("{\"model\":\"a/g1\",\"user\":{\"recent\":[0,3],\"vector\":[1,2.5]}}"),
        parse("{\"model\":\"a/g1\",\"user\":{\"vector\":[1,2.5],\"history\":[\"x\"]}}"));
  }

  /** From another cluster: who nests without end gets an error, and ends no node. */
  @Test
  void read_ofAUserInsideOfAUserWithoutEnd_isRefused() {
    byte[] nested = new byte[100_000];
    Arrays.fill(nested, (byte) 7);
    assertThrows(IOException.class, () -> UserReference.read(new BytesArray(nested).streamInput()));
  }

  @Test
  void parse_withDefaults_isTheModelAloneForTheDefaultUser() throws IOException {
    assertEquals(
        new RescoreRequest(
            new ModelReference.Named("films"),
            new UserReference.Fallback(UserReference.Origin.DEFAULT),
            RequestContext.NONE,
            1,
            FailurePolicy.ERROR),
        parse("{\"model\":\"films\"}"));
  }

  @Test
  void parse_ofAHistoryWithoutWeights_weighsAllTheSame() throws IOException {
    assertEquals(
        new UserReference.ByHistory(List.of("x", "7"), FloatVector.of(1, 1)),
        parse("{\"model\":\"a\",\"user\":{\"history\":[\"x\",7]}}").user());
  }

  @Test
  void request_withAResolvedHistory_overTheWire_staysTheSame() throws IOException {
    UserReference.Known known =
        new UserReference.Known(
            UserReference.Origin.LOOKED_UP,
            FloatVector.of(1, 2),
            Optional.of(FloatVector.of(3, 4)));
    NeighbourList touched = NeighbourList.of(new int[] {2, 9}, new float[] {1, 0.5f});
    for (List<String> ids : List.of(List.<String>of(), List.of("b", "j"))) {
      RescoreRequest resolved =
          parse("{\"model\":\"films\"}")
              .withUser(known.withTouched(new TouchedHistory(touched, ids)));
      assertEquals(resolved, throughTheWire(resolved));
      assertTrue(resolved.user().isResolved());
    }
    assertEquals(TouchedHistory.NOTHING, known.touched());
  }

  @Test
  void parse_ofAHistoryBesideAVector_isBoth_andAModelThatReadsNoneLeavesItOut() throws IOException {
    UserReference user =
        parse(
                "{\"model\":\"a\",\"user\":{\"vector\":[1],"
                    + "\"history\":[\"x\",\"y\"],\"weights\":[1,2]}}")
            .user();
    UserReference.Known vector =
        new UserReference.Known(UserReference.Origin.VECTOR, FloatVector.of(1));
    assertEquals(
        new UserReference.WithHistory(
            vector, new UserReference.ByHistory(List.of("x", "y"), FloatVector.of(1, 2))),
        user);
    assertFalse(user.isResolved());
    assertEquals(vector, user.withoutHistory());
    assertThrows(
        Exception.class,
        () -> parse("{\"model\":\"a\",\"user\":{\"id\":\"1\",\"history\":[\"x\"]}}"));
  }

  @Test
  void touched_isTheNewestThatHaveAnOrdinal_eachAtItsLastPlace() {
    UserReference.ByHistory history =
        new UserReference.ByHistory(
            List.of("a", "b", "gone", "a", "c"), FloatVector.of(1, 2, 3, 4, 5));
    Map<String, Integer> ordinals = Map.of("a", 7, "b", 3, "c", 5);
    TouchedHistory all = TouchedHistory.of(history, ordinals, 500, true);
    assertEquals(NeighbourList.of(new int[] {3, 5, 7}, new float[] {2, 5, 4}), all.items());
    assertEquals(List.of("b", "c", "a"), all.ids());
    assertEquals(
        NeighbourList.of(new int[] {5, 7}, new float[] {5, 4}),
        TouchedHistory.of(history, ordinals, 2, false).items());
    assertEquals("of ordinal 5", TouchedHistory.of(history, ordinals, 2, false).name(0));
  }

  @Test
  void request_overTheWire_staysTheSame() throws IOException {
    for (RescoreRequest request : requests()) {
      assertEquals(request, throughTheWire(request));
    }
    RescoreRequest pinned =
        parse("{\"model\":\"films\"}")
            .withModel(new ModelReference.Pinned(new ModelId("films", "g1"), "h"))
            .withUser(new UserReference.Known(UserReference.Origin.ENCODED, FloatVector.of(1, 2)));
    assertEquals(pinned, throughTheWire(pinned));
    assertTrue(pinned.user().isResolved());
    assertNotEquals(
        pinned, pinned.withModel(new ModelReference.Pinned(new ModelId("films", "g1"), "other")));
  }

  @Test
  void read_ofAnotherWireVersion_saysWhatToDo() {
    BytesStreamOutput out = new BytesStreamOutput();
    out.writeByte((byte) 9);
    String message =
        assertThrows(IOException.class, () -> RescoreRequest.read(out.bytes().streamInput()))
            .getMessage();
    assertTrue(message.contains("version 9") && message.contains("every node"), message);
  }

  private static byte wireVersion(RescoreRequest request) throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    request.writeTo(out);
    return out.bytes().get(0);
  }

  @Test
  void request_overTheWire_saysTheEarliestVersionThatCanReadIt() throws IOException {
    RescoreRequest recent = parse("{\"model\":\"a\",\"user\":{\"vector\":[1,2],\"recent\":[3,4]}}");
    assertEquals(3, wireVersion(recent));
    // For a model that reads none it is taken away, and every node can read what is left.
    RescoreRequest without = recent.withUser(recent.user().withoutRecent());
    assertEquals(parse("{\"model\":\"a\",\"user\":{\"vector\":[1,2]}}"), without);
    assertEquals(1, wireVersion(without));
    RescoreRequest both =
        parse(
            "{\"model\":\"a\",\"user\":{\"vector\":[1,2],\"recent\":[3,4]},"
                + "\"context\":{\"hour\":1}}");
    assertEquals(3, wireVersion(both));
    assertEquals(both, throughTheWire(both));
    assertEquals(2, wireVersion(parse("{\"model\":\"a\",\"context\":{\"hour\":1}}")));
    RescoreRequest unavailable = both.without(FailureCause.UNKNOWN_MODEL);
    assertEquals(4, wireVersion(unavailable));
    assertEquals(unavailable, throughTheWire(unavailable));
    assertTrue(unavailable.user().isResolved());
    assertNotEquals(
        recent, parse("{\"model\":\"a\",\"user\":{\"vector\":[1,2],\"recent\":[3,5]}}"));
  }

  @Test
  void parse_ofAContext_takesEveryValueAsTheTextOfItsColumn() throws IOException {
    assertEquals(
        Map.of("country", "France", "hour", "13", "new", "true", "empty", ""),
        parse(
                "{\"model\":\"a\",\"context\":{\"country\":\"France\",\"hour\":13,"
                    + "\"new\":true,\"empty\":\"\"}}")
            .context()
            .values());
  }

  @Test
  void request_overTheWire_isReadByNodesThatKnowNoContext_whereItHasNone() throws IOException {
    BytesStreamOutput plain = new BytesStreamOutput();
    parse("{\"model\":\"films\"}").writeTo(plain);
    assertEquals(1, plain.bytes().get(0));
    BytesStreamOutput with = new BytesStreamOutput();
    parse("{\"model\":\"films\",\"context\":{\"country\":\"Peru\"}}").writeTo(with);
    assertEquals(2, with.bytes().get(0));
  }

  @Test
  void request_overTheWire_isTheSameWhateverTheOrderOfTheContext() throws IOException {
    // The wire form is a part of the request cache's key.
    BytesStreamOutput one = new BytesStreamOutput();
    parse("{\"model\":\"a\",\"context\":{\"x\":1,\"y\":2,\"z\":3}}").writeTo(one);
    BytesStreamOutput other = new BytesStreamOutput();
    parse("{\"model\":\"a\",\"context\":{\"z\":3,\"x\":1,\"y\":2}}").writeTo(other);
    assertEquals(one.bytes(), other.bytes());
    assertNotEquals(
        parse("{\"model\":\"a\",\"context\":{\"x\":1}}"),
        parse("{\"model\":\"a\",\"context\":{\"x\":2}}"));
  }

  @Test
  void parse_ofAContextBeyondTheBounds_isRefusedWithoutTheValue() {
    StringBuilder many = new StringBuilder("{\"model\":\"a\",\"context\":{\"c\":1");
    for (int c = 0; c < 64; c++) {
      many.append(",\"c").append(c).append("\":1");
    }
    assertBadContext("at most 64 columns", many + "}}");
    assertBadContext(
        "context.c expects at most 256 characters, got 257",
        "{\"model\":\"a\",\"context\":{\"c\":\"" + "x".repeat(257) + "\"}}");
    assertBadContext(
        "columns of 1 to 128 characters, got 129",
        "{\"model\":\"a\",\"context\":{\"" + "x".repeat(129) + "\":1}}");
    assertBadContext("got 0", "{\"model\":\"a\",\"context\":{\"\":1}}");
  }

  @Test
  void parse_ofAModelThatNoneCanBeCalled_isRefusedInOneLine() throws IOException {
    for (String good : List.of("films", "films/g1", "a-b_c/2_x")) {
      assertEquals(good, parse("{\"model\":\"" + good + "\"}").model().text());
    }
    for (String bad :
        List.of(
            "a\\nb",
            "a\\r\\nSet-Cookie: x",
            "films/",
            "/g1",
            "films/g1/g1",
            "Films",
            "f\\u00fclms")) {
      String body = "{\"model\":\"" + bad + "\",\"on_failure\":\"first_pass\"}";
      String message = assertThrows(RuntimeException.class, () -> parse(body), bad).getMessage();
      assertTrue(message.contains("model expects an alias or name/generation"), message);
      assertTrue(message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }
  }

  private static void assertBadContext(String part, String body) {
    String message = assertThrows(RuntimeException.class, () -> parse(body)).getMessage();
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("xxx"), message);
  }

  @Test
  void builder_asJson_neverShowsAVector() throws IOException {
    // This is what slow logs and task lists print.
    for (UserReference.Origin origin : UserReference.Origin.values()) {
      NeuralRescorerBuilder builder =
          new NeuralRescorerBuilder(
              new SearchServices(),
              parse("{\"model\":\"films\"}")
                  .withUser(
                      new UserReference.Known(
                          origin,
                          FloatVector.of(0.8125f, 2.4375f),
                          Optional.of(FloatVector.of(0.4375f, 7.8125f)))));
      String json = Strings.toString(builder);
      assertFalse(json.contains("0.8125") || json.contains("2.4375"), json);
      assertFalse(json.contains("0.4375") || json.contains("7.8125"), json);
      assertTrue(json.contains("\"recent_length\":2"), json);
      assertTrue(json.contains(origin.key()) && json.contains("\"vector_length\":2"), json);
    }
  }

  @Test
  void builder_asJson_withoutAUser_parsesToItself() throws IOException {
    SearchServices services = new SearchServices();
    for (RescoreRequest request : requests()) {
      if (!(request.user() instanceof UserReference.Fallback)) {
        // What is printed of a user says nothing that could be searched with.
        continue;
      }
      NeuralRescorerBuilder builder = new NeuralRescorerBuilder(services, request);
      builder.windowSize(50);
      String json = Strings.toString(builder);
      assertTrue(json.contains("\"window_size\":50"), json);
      String body = json.substring(json.indexOf("\"neural\":") + 9, json.lastIndexOf('}'));
      assertEquals(request, parse(body));
    }
  }

  @Test
  void builder_overTheWire_keepsWindowAndRequest() throws IOException {
    SearchServices services = new SearchServices();
    NeuralRescorerBuilder builder =
        new NeuralRescorerBuilder(services, parse("{\"model\":\"films\",\"weight\":0.25}"));
    builder.windowSize(7);
    BytesStreamOutput out = new BytesStreamOutput();
    builder.writeTo(out);
    NeuralRescorerBuilder read = new NeuralRescorerBuilder(services, out.bytes().streamInput());
    assertEquals(builder, read);
    assertEquals(builder.hashCode(), read.hashCode());
    read.windowSize(8);
    assertNotEquals(builder, read);
  }

  @Test
  void parse_whatDoesNotFit_isRefusedWithoutTheVector() {
    for (String bad :
        List.of(
            "{}",
            "{\"model\":null}",
            "{\"model\":{}}",
            "{\"model\":\"\"}",
            "{\"model\":\"a\",\"weight\":null}",
            "{\"model\":\"a\",\"weight\":\"1\"}",
            "{\"model\":\"a\",\"weight\":2}",
            "{\"model\":\"a\",\"context\":[]}",
            "{\"model\":\"a\",\"context\":\"France\"}",
            "{\"model\":\"a\",\"context\":{\"country\":null}}",
            "{\"model\":\"a\",\"context\":{\"country\":[\"France\"]}}",
            "{\"model\":\"a\",\"context\":{\"country\":{\"name\":\"France\"}}}",
            "{\"model\":\"a\",\"user\":[]}",
            "{\"model\":\"a\",\"user\":{}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[0.8125,\"x\"]}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[0.8125,1e99]}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[0.8125],\"id\":\"1\"}}",
            "{\"model\":\"a\",\"user\":{\"recent\":[0.8125]}}",
            "{\"model\":\"a\",\"user\":{\"id\":\"1\",\"recent\":[0.8125]}}",
            "{\"model\":\"a\",\"user\":{\"history\":[\"x\"],\"recent\":[0.8125]}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[1,2],\"recent\":[0.8125]}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[1],\"recent\":[\"0.8125\"]}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[1],\"recent\":[1e99]}}",
            "{\"model\":\"a\",\"user\":{\"vector\":[1],\"recent\":0.8125}}",
            "{\"model\":\"a\",\"user\":{\"history\":[[]]}}",
            "{\"model\":\"a\",\"user\":{\"history\":[\"x\"],\"weights\":[-1]}}",
            "{\"model\":\"a\",\"user\":{\"history\":[\"x\",\"x\"],\"weights\":[3e38,3e38]}}",
            "{\"model\":\"a\",\"user\":{\"history\":[\"x\"],\"weights\":[1,2]}}")) {
      Exception refused = assertThrows(RuntimeException.class, () -> parse(bad), bad);
      assertTrue(refused.getMessage().contains("[neural]"), bad + ": " + refused.getMessage());
      assertFalse(refused.getMessage().contains("8125"), refused.getMessage());
    }
  }

  @Test
  void print_ofAnyUser_hasNoIdsAndNoNumbers() throws IOException {
    for (String user :
        List.of(
            "{\"id\":\"secret\"}",
            "{\"history\":[\"secret\",\"secret2\"],\"weights\":[81.25,1]}",
            "{\"vector\":[81.25,1]}")) {
      RescoreRequest request = parse("{\"model\":\"a\",\"user\":" + user + "}");
      String printed =
          Strings.toString(
              (builder, params) -> {
                request.writeFields(builder);
                return builder;
              });
      assertFalse(printed.contains("secret") || printed.contains("81.25"), printed);
      assertTrue(printed.contains("\"user\""), printed);
    }
    assertFalse(
        HiddenIdsQuery.of(List.of("secret"), DiscoveryNodes.EMPTY_NODES)
            .toString()
            .contains("secret"));
  }

  @Test
  void aSearchOfAnEarlierBuild_isReadAndWrittenBackForItsNodes() throws IOException {
    ModelReference model = new ModelReference.Pinned(new ModelId("films", "g1"), "a".repeat(64));
    FloatVector vector = FloatVector.of(new float[] {1, 0.5f});
    Map<String, RescoreRequest> recorded =
        Map.of(
            "search",
            new RescoreRequest(
                model,
                new UserReference.Known(UserReference.Origin.LOOKED_UP, vector, Optional.empty()),
                RequestContext.NONE,
                0.75f,
                FailurePolicy.FIRST_PASS),
            "search-recent",
            new RescoreRequest(
                model,
                new UserReference.Known(
                    UserReference.Origin.ENCODED,
                    vector,
                    Optional.of(FloatVector.of(new float[] {0, 2}))),
                RequestContext.NONE,
                1,
                FailurePolicy.ERROR));
    for (Map.Entry<String, RescoreRequest> search : recorded.entrySet()) {
      BytesReference sent = EarlierBuild.sent(search.getKey());
      assertEquals(search.getValue(), RescoreRequest.read(sent.streamInput()), search.getKey());
      BytesStreamOutput out = new BytesStreamOutput();
      search.getValue().writeTo(out);
      assertEquals(sent, out.bytes(), search.getKey());
    }
  }

  @Test
  void ids_whileANodeIsOfAnEarlierBuild_areAskedForAsItDoes() {
    assertEquals("ids", lookUp(nodeOf(Map.of())).getWriteableName());
    assertEquals(
        HiddenIdsQuery.NAME, lookUp(nodeOf(Map.of("neural_rescore", "1"))).getWriteableName());
    Map<String, String> ours =
        PluginNodes.attributes().keySet().stream()
            .collect(
                Collectors.toMap(
                    key -> key.substring("node.attr.".length()),
                    key -> PluginNodes.attributes().get(key)));
    assertEquals(LookUpQuery.NAME, lookUp(nodeOf(ours)).getWriteableName());
  }

  private static IdsQueryBuilder lookUp(DiscoveryNodes nodes) {
    return LookUpQuery.of(List.of("secret"), List.of("factors_g1"), nodes);
  }

  private static DiscoveryNodes nodeOf(Map<String, String> attributes) {
    return DiscoveryNodes.builder()
        .add(
            new DiscoveryNode(
                "old",
                "old",
                new TransportAddress(InetAddress.getLoopbackAddress(), 9300),
                attributes,
                Set.of(),
                null))
        .build();
  }

  @Test
  void lookUp_onTheWire_bringsItsFields() throws IOException {
    IdsQueryBuilder query = lookUp(DiscoveryNodes.EMPTY_NODES);
    BytesStreamOutput out = new BytesStreamOutput();
    query.writeTo(out);
    IdsQueryBuilder read = LookUpQuery.spec().getReader().read(out.bytes().streamInput());
    assertEquals(query, read);
    assertFalse(read.toString().contains("secret"), read.toString());
    assertNotEquals(
        query, LookUpQuery.of(List.of("secret"), List.of("other"), DiscoveryNodes.EMPTY_NODES));
  }

  @Test
  void weights_thatOverflowInAnEncoder_areTheCallersToMend() {
    for (String weights : List.of("[3e38, 1]", "[6e11, 6e11]")) {
      String body =
          "{\"model\":\"a\",\"user\":{\"history\":[\"x\",\"x\"],\"weights\":" + weights + "}}";
      String message =
          assertThrows(RuntimeException.class, () -> parse(body), weights).getMessage();
      assertTrue(message.contains("user.weights expects numbers of at most 1e12"), message);
    }
  }
}
