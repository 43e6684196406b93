#include "services/gateway/openapi/document.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "services/gateway/descriptors/embedded_set.h"
#include "tests/support/test_protos.h"

namespace gongkai::gateway {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

json DocumentOf(const std::string& descriptors, const std::vector<std::string>& services) {
  const auto set = DescriptorSet::Parse(descriptors);
  if (!set) throw std::runtime_error(set.error().message);
  return json::parse(OpenApiDocument(**set, services));
}

std::string TestDescriptors() {
  std::ifstream input(TestDescriptorPath(), std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

const json& Library() {
  static const json document = DocumentOf(TestDescriptors(), {"gateway.test.Library"});
  return document;
}

const json& Operation(const std::string& path, const std::string& method) {
  return Library().at("paths").at(path).at(method);
}

const json& Schema(const std::string& name) {
  return Library().at("components").at("schemas").at(name);
}

json ParameterNames(const json& operation, const std::string& place) {
  json names = json::array();
  for (const auto& parameter : operation.at("parameters")) {
    if (parameter.value("in", "") == place) names.push_back(parameter["name"]);
  }
  return names;
}

// Every `$ref` within, so that none leads nowhere.
void CollectReferences(const json& part, std::set<std::string>& references) {
  if (part.is_object() && part.contains("$ref")) references.insert(part["$ref"]);
  for (const auto& inner : part) {
    if (inner.is_structured()) CollectReferences(inner, references);
  }
}

TEST(OpenApiDocument, AVariableOfSeveralSegmentsHasAParameterForEach) {
  const auto& get = Operation("/v1/shelves/{shelvesId}/books/{booksId}", "get");
  EXPECT_EQ(get["operationId"], "Library_GetBook");
  EXPECT_EQ(ParameterNames(get, "path"), json({"shelvesId", "booksId"}));
  EXPECT_EQ(get["parameters"][0]["description"], "Part of `name`: `shelves/*/books/*`.");
}

TEST(OpenApiDocument, TemplatesOfOneShapeAreOnePath) {
  const auto& path = Library()["paths"]["/v1/shelves/{shelvesId}/books/{booksId}"];
  EXPECT_EQ(path["patch"]["operationId"], "Library_UpdateBook");
  EXPECT_EQ(path["delete"]["operationId"], "Library_DeleteBook");
  EXPECT_EQ(path["x-additionalOperations"]["LOCK"]["operationId"], "Library_LockBook");
}

TEST(OpenApiDocument, AdditionalBindingsAreOperationsOfTheirOwn) {
  EXPECT_EQ(Operation("/v1/shelves/{shelvesId}/books", "get")["operationId"], "Library_ListBooks");
  const auto& all = Operation("/v1/books", "get");
  EXPECT_EQ(all["operationId"], "Library_ListBooks2");
  EXPECT_THAT(ParameterNames(all, "query"), testing::Contains("parent"));
}

TEST(OpenApiDocument, AVariableThatIsOneFieldHasItsTypeAndRestsMaySayMore) {
  const auto& page = Operation("/v1/pages/{number}/{title}", "get");
  EXPECT_EQ(page["parameters"][0]["schema"]["type"], "integer");
  const auto& file = Operation("/v1/files/{filesId}", "get");
  EXPECT_THAT(file["parameters"][0]["description"].get<std::string>(),
              testing::HasSubstr("Any number of segments"));
}

TEST(OpenApiDocument, QueryParametersAreWhatTextCanSay) {
  EXPECT_THAT(ParameterNames(Operation("/v1/books", "get"), "query"),
              UnorderedElementsAre("parent", "pageSize", "tags", "genre", "genres", "range.first",
                                   "range.last", "since", "age", "mask", "lent", "cursor", "weight",
                                   "showAll", "byField", "byDate"));
  for (const auto& parameter : Operation("/v1/books", "get")["parameters"]) {
    if (parameter.value("name", "") != "tags") continue;
    EXPECT_EQ(parameter["schema"], json::parse(R"({"type":"array","items":{"type":"string"}})"));
    EXPECT_EQ(parameter["explode"], true);
  }
}

TEST(OpenApiDocument, FieldsSayWhoSetsThemAndWhatMustBeThere) {
  const auto& book = Schema("gateway.test.Book");
  EXPECT_EQ(book["description"], "A book on a shelf.");
  EXPECT_EQ(book["required"], json({"displayName"}));
  EXPECT_EQ(book["properties"]["name"]["readOnly"], true);
  EXPECT_EQ(book["properties"]["name"]["description"],
            "`shelves/a/books/7`, which the service gives.");
  EXPECT_EQ(book["additionalProperties"], false);
  EXPECT_EQ(book["examples"][0]["name"], "shelves/a/books/7");
}

TEST(OpenApiDocument, ABodyLeavesOutWhatTheAddressSays) {
  const auto& move = Operation("/v1/shelves/{shelvesId}/books/{booksId}:move", "post");
  EXPECT_EQ(move["requestBody"]["required"], true);
  const auto& content = move["requestBody"]["content"]["application/json"];
  EXPECT_EQ(content["schema"]["$ref"], "#/components/schemas/gateway.test.MoveBookRequest.Body");
  EXPECT_EQ(content["example"], json({{"to", "shelves/b"}}));
  const auto& schema = Schema("gateway.test.MoveBookRequest.Body");
  EXPECT_EQ(schema["required"], json({"to"}));
  EXPECT_FALSE(schema["properties"].contains("name"));
}

TEST(OpenApiDocument, AnUpdateRequiresNothing) {
  const auto& update = Operation("/v1/shelves/{shelvesId}/books/{booksId}", "patch");
  EXPECT_EQ(update["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/gateway.test.Book.Patch");
  EXPECT_FALSE(Schema("gateway.test.Book.Patch").contains("required"));
}

TEST(OpenApiDocument, OfAOneofAtMostOneMayBeThere) {
  const auto& one_of = Schema("gateway.test.Values")["allOf"][0]["oneOf"];
  ASSERT_EQ(one_of.size(), 5u);
  EXPECT_EQ(one_of[0]["required"], json({"choiceString"}));
  EXPECT_EQ(one_of[4]["properties"], json({{"choiceString", false},
                                           {"choiceInt32", false},
                                           {"choiceChild", false},
                                           {"choiceNull", false}}));
}

TEST(OpenApiDocument, ValuesAreDescribedAsTheyAreWritten) {
  const auto& fields = Schema("gateway.test.Values")["properties"];
  EXPECT_EQ(fields["anInt64"]["type"], "string");
  EXPECT_EQ(fields["aUint32"]["maximum"], 4294967295u);
  EXPECT_EQ(fields["aDouble"]["oneOf"][1]["enum"], json({"NaN", "Infinity", "-Infinity"}));
  EXPECT_EQ(fields["someBytes"]["contentEncoding"], "base64");
  EXPECT_EQ(fields["colour"]["$ref"], "#/components/schemas/gateway.test.Colour");
  EXPECT_EQ(fields["numbers"]["propertyNames"]["pattern"], "^-?[0-9]+$");
  EXPECT_EQ(fields["byFlag"]["additionalProperties"]["$ref"],
            "#/components/schemas/gateway.test.Values");
  const auto& known = Schema("gateway.test.WellKnownValues")["properties"];
  EXPECT_EQ(known["timestamp"]["format"], "date-time");
  EXPECT_EQ(known["stringValue"]["type"], json({"string", "null"}));
  EXPECT_EQ(known["structure"]["additionalProperties"], true);
  EXPECT_EQ(known["any"]["required"], json({"@type"}));
}

TEST(OpenApiDocument, EnumsTellTheirValues) {
  const auto& genre = Schema("gateway.test.Book.Genre");
  EXPECT_EQ(genre["enum"], json({"GENRE_UNSPECIFIED", "POETRY", "HISTORY"}));
  EXPECT_EQ(genre["description"], "What a book is about.\n\n- `POETRY`: 诗。");
}

TEST(OpenApiDocument, StreamsStandAsLinesAndAsEvents) {
  const auto& content = Operation("/v1/books:watch", "get")["responses"]["200"]["content"];
  EXPECT_EQ(content.size(), 2u);
  EXPECT_EQ(content["application/x-ndjson"]["x-itemSchema"]["oneOf"][0]["$ref"],
            "#/components/schemas/gateway.test.Book");
  EXPECT_TRUE(content.contains("text/event-stream"));
  const auto& sent = Operation("/v1/books:send", "post")["requestBody"]["content"];
  EXPECT_EQ(sent["application/json"]["schema"]["type"], "array");
  EXPECT_TRUE(sent.contains("application/x-ndjson"));
}

TEST(OpenApiDocument, RawBodiesAreBytes) {
  const auto& cover = "/v1/shelves/{shelvesId}/books/{booksId}/cover";
  EXPECT_TRUE(Operation(cover, "get")["responses"]["200"]["content"].contains("*/*"));
  EXPECT_TRUE(Operation(cover, "put")["requestBody"]["content"].contains("*/*"));
  EXPECT_EQ(ParameterNames(Operation(cover, "put"), "query"), json({"note"}));
}

TEST(OpenApiDocument, AResponseBodyIsTheFieldAlone) {
  const auto& search = Operation("/v1/books:search", "get")["responses"]["200"]["content"];
  EXPECT_EQ(search["application/json"]["schema"]["type"], "array");
}

TEST(OpenApiDocument, HeadersStandWhereTheyMeanSomething) {
  const auto headers = [](const json& operation) {
    std::vector<std::string> names;
    for (const auto& parameter : operation["parameters"]) {
      const std::string reference = parameter.value("$ref", "");
      if (!reference.empty()) names.push_back(reference.substr(reference.rfind('/') + 1));
    }
    return names;
  };
  EXPECT_THAT(headers(Operation("/v1/books", "get")),
              ElementsAre("Accept-Language", "Grpc-Timeout", "If-None-Match"));
  EXPECT_THAT(headers(Operation("/v1/shelves/{shelvesId}/books/{booksId}", "patch")),
              ElementsAre("Accept-Language", "Grpc-Timeout", "If-Match", "Idempotency-Key"));
}

TEST(OpenApiDocument, ErrorsHaveOneShape) {
  const auto& responses = Operation("/v1/books", "get")["responses"];
  EXPECT_EQ(responses["404"]["$ref"], "#/components/responses/NotFound");
  EXPECT_TRUE(responses.contains("304"));
  EXPECT_FALSE(responses.contains("413"));
  EXPECT_TRUE(Operation("/v1/values", "post")["responses"].contains("413"));
  for (const auto& response : Library()["components"]["responses"]) {
    EXPECT_EQ(response["content"]["application/json"]["schema"]["$ref"],
              "#/components/schemas/google.rpc.Status");
  }
}

TEST(OpenApiDocument, CommentsBecomeSummaryAndDescription) {
  const auto& get = Operation("/v1/shelves/{shelvesId}/books/{booksId}", "get");
  EXPECT_EQ(get["summary"], "Returns one book.");
  EXPECT_EQ(get["description"],
            "Returns one book. NOT_FOUND if it is not there.\n\nA second paragraph.");
  EXPECT_EQ(Operation("/v1/books", "get")["summary"], "List books");
  EXPECT_EQ(Library()["tags"], json::parse(R"([{"name":"Library","description":"Lends books."}])"));
}

TEST(OpenApiDocument, EveryReferenceLeadsSomewhereAndEverySchemaIsReferredTo) {
  std::set<std::string> references;
  CollectReferences(Library(), references);
  EXPECT_GT(references.size(), 20u);
  for (const auto& reference : references) {
    const json::json_pointer place(reference.substr(1));
    EXPECT_TRUE(Library().contains(place)) << reference;
  }
  for (const auto& [name, schema] : Library()["components"]["schemas"].items()) {
    EXPECT_TRUE(references.contains("#/components/schemas/" + name)) << name;
  }
}

TEST(OpenApiDocument, WithoutCommentsItStillDescribesEverything) {
  google::protobuf::FileDescriptorSet files;
  ASSERT_TRUE(files.ParseFromString(TestDescriptors()));
  for (auto& file : *files.mutable_file()) file.clear_source_code_info();
  const auto document = DocumentOf(files.SerializeAsString(), {"gateway.test.Library"});
  ASSERT_EQ(document["paths"].size(), Library()["paths"].size());
  const auto& get = document["paths"]["/v1/shelves/{shelvesId}/books/{booksId}"]["get"];
  EXPECT_EQ(get["summary"], "Get book");
  EXPECT_FALSE(get.contains("description"));
}

TEST(OpenApiDocument, TheContractOfThePlatformHasItsComments) {
  const auto document = DocumentOf(std::string(EmbeddedDescriptorSet()),
                                   {"gongkai.plans.v1.Assignments", "gongkai.plans.v1.Plans"});
  EXPECT_EQ(document["info"]["title"], "gongkai.plans.v1 API");
  EXPECT_EQ(document["info"]["version"], "v1");
  EXPECT_FALSE(document["tags"][0].value("description", "").empty());
}

}  // namespace
}  // namespace gongkai::gateway
