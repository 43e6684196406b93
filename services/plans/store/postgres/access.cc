#include "services/plans/store/postgres/access.h"

#include <nlohmann/json.hpp>

#include "services/common/telemetry/span.h"

namespace gongkai::plans {
namespace {

constexpr postgres::Statement kFindAnswer{
    "find_answer",
    "select method, answer from answered_request where division = $1 and request_id = $2"};

constexpr postgres::Statement kRemember{
    "remember_answer",
    "insert into answered_request (division, request_id, method, answer) values ($1, $2, $3, $4)"};

std::string Traceparent() {
  const auto& span = telemetry::ActiveSpan::Context();
  return span ? span->Traceparent() : "";
}

}  // namespace

std::string Access::CallOf(const WriteContext& context) {
  return nlohmann::json{{"actor", context.actor},
                        {"address", context.address},
                        {"trace_id", context.trace_id},
                        {"traceparent", Traceparent()},
                        {"method", context.method}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<Result<Document>> Access::FindAnswer(const WriteContext& context,
                                                   DivisionCode division) {
  if (context.request_id.empty()) return std::nullopt;
  struct Answer {
    bool found = false;
    std::string method;
    Document document;
  };
  auto answer = database_.Read([&](postgres::Session& session) -> Result<Answer> {
    const auto rows = session.Execute(kFindAnswer, division.value, context.request_id);
    if (rows.empty()) return Answer{};
    return Answer{true, rows[0][0].c_str(), rows[0][1].c_str()};
  });
  if (!answer) return Fail(answer.error());
  if (!answer->found) return std::nullopt;
  if (answer->method != context.method) {
    return Fail(InvalidArgument("request_id", "was used for " + answer->method +
                                                  " before; give each request an id of its own"));
  }
  return std::move(answer->document);
}

void Access::Remember(postgres::Session& session, const WriteContext& context,
                      DivisionCode division, const Document& answer) {
  if (context.request_id.empty()) return;
  session.Execute(kRemember, division.value, context.request_id, context.method, answer);
}

}  // namespace gongkai::plans
