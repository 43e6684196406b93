// The Scoring service without gRPC: requests in, answers or errors out.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "gongkai/reporting/v1/scoring.pb.h"
#include "services/common/rpc/call.h"
#include "services/common/status/error.h"
#include "services/reporting/scoring/scheme.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/scoring_store.h"

namespace gongkai::reporting {

// Thread-safe. Each function answers the RPC of its name; see scoring.proto.
class ScoringService {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  // The stores must outlive the service; `now` decides what today is and is called from any thread.
  ScoringService(FigureStore& figures, ScoringStore& schemes, const Rules& rules, Clock now);

  Result<v1::SchemeVersion> CreateSchemeVersion(const rpc::Caller&,
                                                const v1::CreateSchemeVersionRequest&);
  Result<v1::SchemeVersion> GetSchemeVersion(const rpc::Caller&,
                                             const v1::GetSchemeVersionRequest&);
  Result<v1::ListSchemeVersionsResponse> ListSchemeVersions(const rpc::Caller&,
                                                            const v1::ListSchemeVersionsRequest&);
  Result<v1::SchemeVersion> PublishSchemeVersion(const rpc::Caller&,
                                                 const v1::PublishSchemeVersionRequest&);
  Result<v1::SchemeResult> EvaluateScheme(const rpc::Caller&, const v1::EvaluateSchemeRequest&);
  Result<v1::SchemeResult> SimulateScheme(const rpc::Caller&, const v1::SimulateSchemeRequest&);
  Result<v1::Mark> CreateMark(const rpc::Caller&, const v1::CreateMarkRequest&);
  Result<v1::ListMarksResponse> ListMarks(const rpc::Caller&, const v1::ListMarksRequest&);

 private:
  // Whom an evaluation is of, and as of when.
  struct Scope;

  template <typename Request>
  Result<Scope> ReadScope(const Request& request, const SchemeKey& key);
  Result<v1::SchemeResult> Evaluate(const v1::SchemeVersion& version, const Scheme& scheme,
                                    const Scope& scope);

  FigureStore& figures_;
  ScoringStore& schemes_;
  const Rules rules_;
  const Clock now_;
};

}  // namespace gongkai::reporting
