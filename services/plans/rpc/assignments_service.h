// gongkai.plans.v1.Assignments.
#pragma once

#include "gongkai/plans/v1/assignments.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/contacts/contact_vault.h"
#include "services/plans/store/report_store.h"
#include "services/plans/store/work_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. What is given must outlive the service.
class AssignmentsService {
 public:
  AssignmentsService(WorkStore& store, ReportStore& reports, const ContactVault& contacts)
      : store_(store), reports_(reports), contacts_(contacts) {}

  Result<v1::Assignment> GetAssignment(const rpc::Caller&, const v1::GetAssignmentRequest&);
  Result<v1::ListAssignmentsResponse> ListAssignments(const rpc::Caller&,
                                                      const v1::ListAssignmentsRequest&);
  Result<v1::Assignment> ClaimAssignment(const rpc::Caller&, const v1::ClaimAssignmentRequest&);
  Result<v1::Assignment> FileMeasures(const rpc::Caller&, const v1::FileMeasuresRequest&);
  Result<v1::Occurrence> GetOccurrence(const rpc::Caller&, const v1::GetOccurrenceRequest&);
  Result<v1::ListOccurrencesResponse> ListOccurrences(const rpc::Caller&,
                                                      const v1::ListOccurrencesRequest&);
  Result<v1::ProgressReport> CreateProgressReport(const rpc::Caller&,
                                                  const v1::CreateProgressReportRequest&);
  Result<v1::ListProgressReportsResponse> ListProgressReports(
      const rpc::Caller&, const v1::ListProgressReportsRequest&);
  Result<v1::Occurrence> SubmitOccurrence(const rpc::Caller&, const v1::SubmitOccurrenceRequest&);
  Result<v1::Occurrence> VerifyOccurrence(const rpc::Caller&, const v1::VerifyOccurrenceRequest&);
  Result<v1::Occurrence> ReturnOccurrence(const rpc::Caller&, const v1::ReturnOccurrenceRequest&);

 private:
  template <typename Request>
  Result<v1::Occurrence> Change(const rpc::Caller& caller, const Request& request,
                                OccurrenceAction action, const std::string& comment);

  WorkStore& store_;
  ReportStore& reports_;
  const ContactVault& contacts_;
};

}  // namespace gongkai::plans
