"""walk.py ADDRESS DIVISION: one task's year over gRPC, by the protos alone."""

import sys

import grpc
from gongkai.plans.v1 import assignments_pb2, assignments_pb2_grpc
from gongkai.plans.v1 import change_feed_pb2, change_feed_pb2_grpc
from gongkai.plans.v1 import directory_pb2, directory_pb2_grpc
from gongkai.plans.v1 import parsed_plan_pb2, plans_pb2, plans_pb2_grpc
from gongkai.plans.v1 import policies_pb2, policies_pb2_grpc

Assignment = assignments_pb2.Assignment
Occurrence = assignments_pb2.Occurrence


def add_unit(channel, division):
    directory = directory_pb2_grpc.DirectoryStub(channel)
    answer = directory.BatchCreateUnits(directory_pb2.BatchCreateUnitsRequest(
        parent=division,
        units=[directory_pb2.Unit(display_name="县财政局", kind=directory_pb2.Unit.DEPARTMENT)]))
    return answer.units[0].name


def issue_plan(channel, division):
    plans = plans_pb2_grpc.PlansStub(channel)
    draft = plans.CreatePlan(plans_pb2.CreatePlanRequest(
        parent=division,
        parsed_plan=parsed_plan_pb2.ParsedPlan(
            title="政务公开工作方案", year=2026,
            tasks=[parsed_plan_pb2.ParsedTask(
                ordinal="1", title="财政信息", requirement="公布财政收支情况。",
                due=parsed_plan_pb2.DueRule(kind=parsed_plan_pb2.DueRule.RECURRING,
                                            cadence=parsed_plan_pb2.DueRule.QUARTERLY),
                units=[parsed_plan_pb2.ParsedUnit(
                    text="县财政局", role=parsed_plan_pb2.ParsedUnit.LEAD,
                    kind=parsed_plan_pb2.ParsedUnit.UNIT)])])))
    return plans.IssuePlan(plans_pb2.IssuePlanRequest(name=draft.name, issue_date="2026-01-15")).name


def do_the_work(channel, plan, unit):
    """The verified occurrence."""
    work = assignments_pb2_grpc.AssignmentsStub(channel)
    (assignment,) = work.ListAssignments(assignments_pb2.ListAssignmentsRequest(
        parent=f"{plan}/tasks/-", unit=unit)).assignments
    claim = assignments_pb2.ClaimAssignmentRequest(name=assignment.name, request_id="claim-1")
    claimed = work.ClaimAssignment(claim)
    assert claimed.state == Assignment.CLAIMED
    # The same request again is answered as the first time.
    assert work.ClaimAssignment(claim) == claimed
    filed = work.FileMeasures(assignments_pb2.FileMeasuresRequest(
        name=assignment.name, measures="每季度核对。", section="办公室", person="甲某",
        contact="13800001234", etag=claimed.etag))
    assert filed.state == Assignment.FILED and filed.contact == "138******34", filed

    occurrences = work.ListOccurrences(assignments_pb2.ListOccurrencesRequest(
        parent=f"{plan}/tasks/1/assignments/-", unit=unit)).occurrences
    assert [each.due_date[5:] for each in occurrences] == ["03-31", "06-30", "09-30", "12-31"]
    name = occurrences[0].name

    def report_and_submit(text):
        work.CreateProgressReport(assignments_pb2.CreateProgressReportRequest(
            parent=name, progress_report=assignments_pb2.ProgressReport(
                text=text,
                evidence=[assignments_pb2.Evidence(url="https://www.example.gov.cn/1.html")])))
        submitted = work.SubmitOccurrence(assignments_pb2.SubmitOccurrenceRequest(name=name))
        assert submitted.state == Occurrence.SUBMITTED

    report_and_submit("已公布。")
    returned = work.ReturnOccurrence(assignments_pb2.ReturnOccurrenceRequest(
        name=name, comment="请补充附表。"))
    assert returned.state == Occurrence.RETURNED
    report_and_submit("附表已补充。")
    verified = work.VerifyOccurrence(assignments_pb2.VerifyOccurrenceRequest(name=name))
    assert verified.state == Occurrence.VERIFIED and verified.report_count == 2
    try:
        work.SubmitOccurrence(assignments_pb2.SubmitOccurrenceRequest(name=name))
        raise AssertionError("a verified occurrence was submitted")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.FAILED_PRECONDITION, error
    return verified


def publish(channel, division, unit):
    policies = policies_pb2_grpc.PoliciesStub(channel)
    document = policies.CreatePolicyDocument(policies_pb2.CreatePolicyDocumentRequest(
        parent=division, policy_document=policies_pb2.PolicyDocument(
            title="关于公布补贴办法的通知", unit=unit,
            issuing_level=policies_pb2.PolicyDocument.UNIT, publish_date="2026-03-02",
            disclosure=policies_pb2.PolicyDocument.PROACTIVE, must_interpret=True)))
    policies.CreateInterpretation(policies_pb2.CreateInterpretationRequest(
        parent=division, interpretation=policies_pb2.Interpretation(
            title="解读补贴办法", unit=unit, form=policies_pb2.Interpretation.CHART,
            interpreter=policies_pb2.Interpretation.PRINCIPAL_HEAD,
            policy_documents=[document.name], publish_date="2026-03-03",
            url="https://www.example.gov.cn/2.html")))


def read_feed(channel, division):
    """Every resource by name, as a consumer has it that begins now."""
    feed = change_feed_pb2_grpc.ChangeFeedStub(channel)
    known = {}
    for batch in feed.Watch(change_feed_pb2.WatchRequest(
            division=division, snapshot=True, until_current=True)):
        for change in batch.changes:
            resource = getattr(change, change.WhichOneof("resource"))
            known[resource.name] = resource
    return known


def main(address, division):
    with grpc.insecure_channel(address) as channel:
        unit = add_unit(channel, division)
        plan = issue_plan(channel, division)
        verified = do_the_work(channel, plan, unit)
        publish(channel, division, unit)
        assert read_feed(channel, division)[verified.name] == verified
    print("the walk is done")


if __name__ == "__main__":
    main(*sys.argv[1:])
