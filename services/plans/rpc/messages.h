// Between the stores' documents and the contract's messages, and what every request is checked for.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/rpc/call.h"
#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Fills `message` from a document. INTERNAL if the document is not of its form.
Result<void> ParseDocument(const Document& document, google::protobuf::Message* message);

// The message that a document holds.
template <typename Message>
Result<Message> ToMessage(const Result<Document>& document) {
  if (!document) return Fail(document.error());
  Message message;
  if (auto parsed = ParseDocument(*document, &message); !parsed) return Fail(parsed.error());
  return message;
}

// proto3 JSON with the fields' own names.
Document ToDocument(const google::protobuf::Message& message);

// Collects what is wrong with a request, so that all of it is reported at once.
class RequestChecks {
 public:
  // `field`: its path in the request; `rule`: what would be right.
  void Require(bool holds, std::string field, std::string rule);
  // Text of `least` to `most` characters.
  void Length(const std::string& text, std::string field, int least, int most);
  // `YYYY-MM-DD`, or empty where `optional`.
  std::optional<CivilDate> Date(const std::string& text, std::string field);
  std::optional<CivilDate> OptionalDate(const std::string& text, std::string field);

  bool ok() const { return violations_.empty(); }
  // INVALID_ARGUMENT with every violation; only if there are any.
  Error error() const { return InvalidArguments(violations_); }

 private:
  std::vector<FieldViolation> violations_;
};

// INVALID_ARGUMENT for a resource name that is not of its form.
Error MalformedName(std::string field, std::string_view form);

// From `etag`: empty for any. INVALID_ARGUMENT for one that this service did not give out.
Result<ExpectedRevision> RevisionOf(const std::string& etag);

// How many resources a page has: what the request asks for, `fallback` for 0, never above `most`.
struct PageSizes {
  int fallback = 100;
  int most = 1000;
};

// INVALID_ARGUMENT for a negative size.
Result<int> PageLimit(int page_size, const PageSizes& sizes);

// From `filter`, `order_by`, `page_size` and `page_token` of a list request; the store reads the
// first two and the token.
template <typename Request>
Result<ListQuery> ListQueryOf(const Request& request, const PageSizes& sizes = {}) {
  const auto limit = PageLimit(request.page_size(), sizes);
  if (!limit) return Fail(limit.error());
  return ListQuery{.filter = request.filter(),
                   .order_by = request.order_by(),
                   .page_token = request.page_token(),
                   .limit = *limit};
}

// The circumstances of a write, from who calls and what the request says.
template <typename Request>
Result<WriteContext> ContextOf(const rpc::Caller& caller, const Request& request) {
  if (request.request_id().size() > 64) {
    return Fail(InvalidArgument("request_id", "has more than 64 characters"));
  }
  return WriteContext{.actor = caller.actor,
                      .address = caller.address,
                      .trace_id = caller.trace_id,
                      .method = Request::descriptor()->full_name(),
                      .request_id = request.request_id(),
                      .validate_only = request.validate_only()};
}

// What a call that changes one resource is about.
template <typename Key>
struct ChangeStart {
  Key key;
  WriteContext context;
  ExpectedRevision expected;
};

// From `name`, `etag`, `request_id` and `validate_only` of a request; `parse` reads the name, which
// must be of the form `form`.
template <typename Request, typename Key>
Result<ChangeStart<Key>> ChangeStartOf(const rpc::Caller& caller, const Request& request,
                                       std::optional<Key> (*parse)(std::string_view),
                                       std::string_view form) {
  auto key = parse(request.name());
  if (!key) return Fail(MalformedName("name", form));
  auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(request.etag());
  if (!expected) return Fail(expected.error());
  return ChangeStart<Key>{*key, std::move(*context), *expected};
}

// Fills a repeated field from documents.
template <typename Response, typename Message>
Result<Response> ToRepeated(const Result<std::vector<Document>>& documents,
                            google::protobuf::RepeatedPtrField<Message>* (Response::*field)()) {
  if (!documents) return Fail(documents.error());
  Response response;
  for (const auto& document : *documents) {
    if (auto parsed = ParseDocument(document, (response.*field)()->Add()); !parsed) {
      return Fail(parsed.error());
    }
  }
  return response;
}

// Fills a repeated field from a page, and `next_page_token`.
template <typename Response, typename Message>
Result<Response> ToList(const Result<Page>& page,
                        google::protobuf::RepeatedPtrField<Message>* (Response::*field)()) {
  if (!page) return Fail(page.error());
  Response response;
  for (const auto& document : page->documents) {
    auto* message = (response.*field)()->Add();
    if (auto parsed = ParseDocument(document, message); !parsed) return Fail(parsed.error());
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

}  // namespace gongkai::plans
