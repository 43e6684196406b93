package example;

import gongkai.plans.v1.AssignmentsGrpc;
import gongkai.plans.v1.AssignmentsOuterClass.*;
import gongkai.plans.v1.ChangeFeedGrpc;
import gongkai.plans.v1.ChangeFeedOuterClass.WatchRequest;
import gongkai.plans.v1.DirectoryGrpc;
import gongkai.plans.v1.DirectoryOuterClass.BatchCreateUnitsRequest;
import gongkai.plans.v1.DirectoryOuterClass.Unit;
import gongkai.plans.v1.ParsedPlanOuterClass.*;
import gongkai.plans.v1.PlansGrpc;
import gongkai.plans.v1.PlansOuterClass.CreatePlanRequest;
import gongkai.plans.v1.PlansOuterClass.IssuePlanRequest;
import gongkai.plans.v1.PoliciesGrpc;
import gongkai.plans.v1.PoliciesOuterClass.*;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code Walk ADDRESS DIVISION}: one task's year over gRPC, by the protos alone. */
public final class Walk {
  private final Channel channel;
  private final String division;

  private Walk(Channel channel, String division) {
    this.channel = channel;
    this.division = division;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var channel =
        Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create()).build();
    try {
      var walk = new Walk(channel, arguments[1]);
      var unit = walk.addUnit();
      var verified = walk.doTheWork(walk.issuePlan(), unit);
      walk.publish(unit);
      expect(verified.equals(walk.readFeed().get(verified.getName())), "the feed tells otherwise");
      System.out.println("the walk is done");
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private static void expect(boolean holds, Object otherwise) {
    if (!holds) throw new AssertionError(otherwise);
  }

  private String addUnit() {
    return DirectoryGrpc.newBlockingStub(channel)
        .batchCreateUnits(
            BatchCreateUnitsRequest.newBuilder()
                .setParent(division)
                .addUnits(
                    Unit.newBuilder().setDisplayName("县财政局").setKind(Unit.Kind.DEPARTMENT))
                .build())
        .getUnits(0)
        .getName();
  }

  private String issuePlan() {
    var plans = PlansGrpc.newBlockingStub(channel);
    var task =
        ParsedTask.newBuilder()
            .setOrdinal("1")
            .setTitle("财政信息")
            .setRequirement("公布财政收支情况。")
            .setDue(
                DueRule.newBuilder()
                    .setKind(DueRule.Kind.RECURRING)
                    .setCadence(DueRule.Cadence.QUARTERLY))
            .addUnits(
                ParsedUnit.newBuilder()
                    .setText("县财政局")
                    .setRole(ParsedUnit.Role.LEAD)
                    .setKind(ParsedUnit.Kind.UNIT));
    var plan = ParsedPlan.newBuilder().setTitle("政务公开工作方案").setYear(2026).addTasks(task);
    var draft =
        plans.createPlan(
            CreatePlanRequest.newBuilder().setParent(division).setParsedPlan(plan).build());
    return plans
        .issuePlan(
            IssuePlanRequest.newBuilder()
                .setName(draft.getName())
                .setIssueDate("2026-01-15")
                .build())
        .getName();
  }

  private Occurrence doTheWork(String plan, String unit) {
    var work = AssignmentsGrpc.newBlockingStub(channel);
    var assignment =
        work.listAssignments(
                ListAssignmentsRequest.newBuilder()
                    .setParent(plan + "/tasks/-")
                    .setUnit(unit)
                    .build())
            .getAssignments(0);
    var claim =
        ClaimAssignmentRequest.newBuilder()
            .setName(assignment.getName())
            .setRequestId("claim-1")
            .build();
    var claimed = work.claimAssignment(claim);
    expect(claimed.getState() == Assignment.State.CLAIMED, claimed);
    // The same request again is answered as the first time.
    expect(work.claimAssignment(claim).equals(claimed), "claimed twice");
    var filed =
        work.fileMeasures(
            FileMeasuresRequest.newBuilder()
                .setName(assignment.getName())
                .setMeasures("每季度核对。")
                .setSection("办公室")
                .setPerson("甲某")
                .setContact("13800001234")
                .setEtag(claimed.getEtag())
                .build());
    expect(filed.getState() == Assignment.State.FILED, filed);
    expect(filed.getContact().equals("138******34"), filed);

    var occurrences =
        work.listOccurrences(
                ListOccurrencesRequest.newBuilder()
                    .setParent(plan + "/tasks/1/assignments/-")
                    .setUnit(unit)
                    .build())
            .getOccurrencesList();
    expect(
        occurrences.stream()
            .map(Occurrence::getDueDate)
            .toList()
            .equals(List.of("2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31")),
        occurrences);
    var name = occurrences.get(0).getName();
    reportAndSubmit(work, name, "已公布。");
    var returned =
        work.returnOccurrence(
            ReturnOccurrenceRequest.newBuilder().setName(name).setComment("请补充附表。").build());
    expect(returned.getState() == Occurrence.State.RETURNED, returned);
    reportAndSubmit(work, name, "附表已补充。");
    var verified =
        work.verifyOccurrence(VerifyOccurrenceRequest.newBuilder().setName(name).build());
    expect(verified.getState() == Occurrence.State.VERIFIED, verified);
    expect(verified.getReportCount() == 2, verified);
    try {
      work.submitOccurrence(SubmitOccurrenceRequest.newBuilder().setName(name).build());
      throw new AssertionError("a verified occurrence was submitted");
    } catch (StatusRuntimeException refused) {
      expect(refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION, refused);
    }
    return verified;
  }

  private static void reportAndSubmit(
      AssignmentsGrpc.AssignmentsBlockingStub work, String occurrence, String text) {
    var report =
        ProgressReport.newBuilder()
            .setText(text)
            .addEvidence(Evidence.newBuilder().setUrl("https://www.example.gov.cn/1.html"));
    work.createProgressReport(
        CreateProgressReportRequest.newBuilder()
            .setParent(occurrence)
            .setProgressReport(report)
            .build());
    var submitted =
        work.submitOccurrence(SubmitOccurrenceRequest.newBuilder().setName(occurrence).build());
    expect(submitted.getState() == Occurrence.State.SUBMITTED, submitted);
  }

  private void publish(String unit) {
    var policies = PoliciesGrpc.newBlockingStub(channel);
    var document =
        policies.createPolicyDocument(
            CreatePolicyDocumentRequest.newBuilder()
                .setParent(division)
                .setPolicyDocument(
                    PolicyDocument.newBuilder()
                        .setTitle("关于公布补贴办法的通知")
                        .setUnit(unit)
                        .setIssuingLevel(PolicyDocument.IssuingLevel.UNIT)
                        .setPublishDate("2026-03-02")
                        .setDisclosure(PolicyDocument.Disclosure.PROACTIVE)
                        .setMustInterpret(true))
                .build());
    policies.createInterpretation(
        CreateInterpretationRequest.newBuilder()
            .setParent(division)
            .setInterpretation(
                Interpretation.newBuilder()
                    .setTitle("解读补贴办法")
                    .setUnit(unit)
                    .setForm(Interpretation.Form.CHART)
                    .setInterpreter(Interpretation.Interpreter.PRINCIPAL_HEAD)
                    .addPolicyDocuments(document.getName())
                    .setPublishDate("2026-03-03")
                    .setUrl("https://www.example.gov.cn/2.html"))
            .build());
  }

  /** Every occurrence by name, as a consumer has it that begins now. */
  private Map<String, Occurrence> readFeed() {
    Map<String, Occurrence> known = new HashMap<>();
    ChangeFeedGrpc.newBlockingStub(channel)
        .watch(
            WatchRequest.newBuilder()
                .setDivision(division)
                .addKinds("occurrence")
                .setSnapshot(true)
                .setUntilCurrent(true)
                .build())
        .forEachRemaining(
            batch ->
                batch
                    .getChangesList()
                    .forEach(
                        change ->
                            known.put(change.getOccurrence().getName(), change.getOccurrence())));
    return known;
  }
}
