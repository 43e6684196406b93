// The Figures service without gRPC: requests in, answers or errors out.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "gongkai/reporting/v1/figures.pb.h"
#include "services/common/status/error.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// Thread-safe. Each function answers the RPC of its name; see figures.proto.
class FiguresService {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  // `store` must outlive the service; `now` decides what today is and is called from any thread.
  FiguresService(FigureStore& store, const Rules& rules, Clock now);

  Result<v1::Overview> GetOverview(const v1::GetOverviewRequest& request);
  Result<v1::Trend> GetTrend(const v1::GetTrendRequest& request);
  Result<v1::ListFigureMembersResponse> ListFigureMembers(
      const v1::ListFigureMembersRequest& request);
  Result<v1::ListHeadInterpretationsResponse> ListHeadInterpretations(
      const v1::ListHeadInterpretationsRequest& request);
  Result<v1::ListDocumentFormsResponse> ListDocumentForms(
      const v1::ListDocumentFormsRequest& request);
  Result<v1::Projection> GetProjection(const v1::GetProjectionRequest& request);

  CivilDate Today() const;

 private:
  // What a list of a division and year reads.
  struct ListScope {
    int division;
    int year;
  };

  // Without the name of the division.
  Result<v1::Overview> ReadOverview(const OverviewQuery& query);
  // Sets what the overview of `query` is compared with, as far as it is known.
  Result<void> ReadCompared(OverviewQuery query, Comparison comparison, v1::Overview& overview);
  v1::Trend ToTrend(const TrendQuery& query, const TrendCounts& counts) const;
  // From `parent` and `year` of a list request. INVALID_ARGUMENT for a malformed one, NOT_FOUND for
  // a division that has not been seen in the feed.
  Result<ListScope> ReadScope(const std::string& parent, int year);
  // The year of a request, where 0 stands for the newest with a plan in force, or this year.
  int YearOrNewest(int year, const DivisionSummary& division) const;

  FigureStore& store_;
  const Rules rules_;
  const Clock now_;
};

}  // namespace gongkai::reporting
