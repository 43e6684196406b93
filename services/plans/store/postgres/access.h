// How the stores read and write: a write is done once per request_id, or only tried, and told to
// the feed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "services/common/postgres/database.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/postgres/array_literal.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe. `committed` is called after each write that changed something, from the writing
// thread; it must return at once.
class Access {
 public:
  Access(postgres::Database& database, std::function<void()> committed)
      : database_(database), committed_(std::move(committed)) {}

  postgres::Database& database() { return database_; }

  // `work(session)`, which changes nothing, outside a transaction.
  template <typename Work>
  auto Read(Work work) {
    return database_.Read(work);
  }

  // One statement, in one round trip. `work` must insert the answer into answered_request (see
  // kAnswered in the statements) where the context has a request_id.
  template <typename Work>
  Result<Document> WriteOnce(const WriteContext& context, DivisionCode division, Work work) {
    return Apply(
        context, division, [&] { return database_.WriteOnce(work, CallOf(context)); }, work);
  }

  // Several statements in a transaction; the answer is remembered here.
  template <typename Work>
  Result<Document> Write(const WriteContext& context, DivisionCode division, Work work) {
    auto remembering = [&](postgres::Session& session) -> Result<Document> {
      Result<Document> answer = work(session);
      if (answer) Remember(session, context, division, *answer);
      return answer;
    };
    return Apply(
        context, division, [&] { return database_.Write(remembering, CallOf(context)); },
        remembering);
  }

 private:
  template <typename Commit, typename Work>
  Result<Document> Apply(const WriteContext& context, DivisionCode division, Commit commit,
                         Work work) {
    if (context.validate_only) {
      if (auto answer = FindAnswer(context, division)) return std::move(*answer);
      return database_.DryRun(work, CallOf(context));
    }
    Result<Document> result = commit();
    if (result) {
      committed_();
      return result;
    }
    // A repeated request is known by its failure, and not looked for before each first one: what
    // was answered cannot be done again, since its answer cannot be remembered twice. The same look
    // tells what became of a commit whose answer was lost; without one it stays unknown.
    if (result.error().code == ErrorCode::kResourceExhausted) return result;
    auto answer = FindAnswer(context, division);
    if (!answer) return result;
    // A look that failed for the time being says nothing: the refusal may be one of a request that
    // was answered before.
    const bool unknown = !*answer && answer->error().code != ErrorCode::kInvalidArgument;
    return unknown && result.error().code == ErrorCode::kUnavailable ? result : std::move(*answer);
  }

  // Who writes, as the trigger of the audit trail reads it.
  static std::string CallOf(const WriteContext& context);
  // The first answer to this request_id; INVALID_ARGUMENT if it was used for another call.
  std::optional<Result<Document>> FindAnswer(const WriteContext& context, DivisionCode division);
  static void Remember(postgres::Session& session, const WriteContext& context,
                       DivisionCode division, const Document& answer);

  postgres::Database& database_;
  const std::function<void()> committed_;
};

}  // namespace gongkai::plans
