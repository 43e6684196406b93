#include "services/plans/rpc/history_imports_rpc.h"

#include <utility>

#include "services/common/rpc/call.h"
#include "services/plans/list/characters.h"
#include "services/plans/rpc/history_reader.h"
#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr int kMostStreams = 4;
constexpr int kLongestId = 64;

// One stream. At any moment either a read or the writing of a plan on the executor is under way;
// owns itself until gRPC is done with it.
class Import final : public grpc::ServerReadReactor<v1::ImportHistoryRequest> {
 public:
  Import(HistoryStore& store, rpc::Executor& executor, std::atomic<int>& streams,
         grpc::CallbackServerContext* context, v1::ImportHistoryResponse* response)
      : store_(store),
        executor_(executor),
        streams_(streams),
        context_(context),
        response_(response) {
    if (streams_.fetch_add(1) < kMostStreams) {
      StartRead(&message_);
    } else {
      Refuse(rpc::Overloaded());
    }
  }

  void OnReadDone(bool ok) override {
    if (import_id_.empty()) {
      if (auto begun = BeginStream(); !begun) return Refuse(begun.error());
    }
    const bool next_plan = !ok || message_.has_plan();
    if (!next_plan || reader_.empty()) return GoOn(ok);
    const bool accepted = executor_.TryRun([this, ok] {
      // Nothing is written of a plan whose stream broke off.
      if (context_->IsCancelled()) {
        return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the caller has left"));
      }
      if (auto written = WritePlan(); !written) return Refuse(written.error());
      GoOn(ok);
    });
    if (!accepted) Refuse(rpc::Overloaded());
  }

  void OnDone() override {
    --streams_;
    delete this;
  }

 private:
  Result<void> BeginStream() {
    auto call = rpc::Admit(executor_, *context_, message_);
    if (!call) return Fail(call.error());
    RequestChecks checks;
    checks.Length(message_.import_id(), "import_id", 1, kLongestId);
    checks.Require(message_.has_plan(), "plan", "must be set in the first message");
    if (!checks.ok()) return Fail(checks.error());
    caller_ = std::move(call->caller);
    import_id_ = message_.import_id();
    validate_only_ = message_.validate_only();
    return {};
  }

  // With a message that was read, or to the end where there was none.
  void GoOn(bool has_message) {
    if (!has_message) return Finish(grpc::Status::OK);
    auto added = message_.has_plan() ? reader_.Begin(message_) : reader_.Add(message_);
    if (!added) return Refuse(added.error());
    StartRead(&message_);
  }

  Result<void> WritePlan() {
    const auto plan = reader_.Take();
    const auto written = store_.ImportPlan({.actor = caller_.actor,
                                            .address = caller_.address,
                                            .trace_id = caller_.trace_id,
                                            .method = "ImportHistory",
                                            .validate_only = validate_only_},
                                           import_id_, plan);
    if (!written) return Fail(OfPlan(plan.key, written.error()));
    if (!*written) {
      response_->set_plans_present(response_->plans_present() + 1);
      return {};
    }
    response_->set_plans_written(response_->plans_written() + 1);
    response_->set_assignments(response_->assignments() + plan.assignments.size());
    response_->set_occurrences(response_->occurrences() + plan.occurrences.size());
    return {};
  }

  static Error OfPlan(const PlanKey& plan, Error error) {
    error.metadata["plan"] = FormatName(plan);
    return error;
  }

  void Refuse(Error error) {
    if (!reader_.empty()) error = OfPlan(reader_.key(), std::move(error));
    error.metadata["plans_written"] = std::to_string(response_->plans_written());
    error.metadata["plans_present"] = std::to_string(response_->plans_present());
    Finish(rpc::ToGrpcStatus(error));
  }

  HistoryStore& store_;
  rpc::Executor& executor_;
  std::atomic<int>& streams_;
  grpc::CallbackServerContext* const context_;
  v1::ImportHistoryResponse* const response_;
  rpc::Caller caller_;
  std::string import_id_;
  bool validate_only_ = false;
  v1::ImportHistoryRequest message_;
  HistoricPlanReader reader_;
};

}  // namespace

grpc::ServerReadReactor<v1::ImportHistoryRequest>* HistoryImportsRpc::ImportHistory(
    grpc::CallbackServerContext* context, v1::ImportHistoryResponse* response) {
  return new Import(store_, executor_, streams_, context, response);
}

}  // namespace gongkai::plans
