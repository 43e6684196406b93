#include "services/reporting/store/postgres/overview_reader.h"

#include <string>

#include "services/reporting/store/postgres/timestamp.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1 division, $2 year, $3 as-of date, $4 grouping; from the rules: $5 the heads' target, $6 bits
// of the text forms, $7 forms for a document of the government, $8 for any other.
//
// Subject 0 is the total; bucket unit 0 is all units together. Role 1 leads. States 3 and 4 are
// ISSUED and CLOSED. Issuing level 1 is the government. "offset 0" makes the planner look up the
// few keys in scope: it takes them for many, and would read the buckets of all years instead.
constexpr Statement kReadOverview{"read_overview", R"sql(
with recursive tree (division, branch) as (
  select division, 0 from division where division = $1::int
  union
  select d.division, case when tree.division = $1 then d.division else tree.branch end
  from tree join division d on d.parent = tree.division
), division_scope (subject, division) as (
  select 0, division from tree
  union all
  select branch, division from tree where $4::text = 'DIVISION' and branch <> 0
  union all
  select division, division from tree join division using (division)
  where $4 = 'COUNTY' and level = 3 and division <> $1
), plan_in_force as (
  select p.* from plan p join tree using (division) where p.year = $2::int and p.state in (3, 4)
), own_plan as (
  select * from plan_in_force where division = $1
), plan_scope (subject, unit, division, plan, issue_date, claim_deadline, filing_deadline) as (
  select s.subject, 0, p.division, p.plan, p.issue_date, p.claim_deadline, p.filing_deadline
  from division_scope s join plan_in_force p using (division)
  union all
  select u.unit, u.unit, p.division, p.plan, p.issue_date, p.claim_deadline, p.filing_deadline
  from own_plan p join unit u using (division) where $4 = 'UNIT'
  union all
  select p.plan, 0, p.division, p.plan, p.issue_date, p.claim_deadline, p.filing_deadline
  from own_plan p where $4 = 'PLAN'
), owner_scope (subject, unit, division) as (
  select subject, 0, division from division_scope
  union all
  select unit, unit, division from unit where $4 = 'UNIT' and division = $1
), subject (subject, display_name) as (
  select 0, ''
  union all
  select division, display_name from division where $4 = 'DIVISION' and parent = $1
  union all
  select division, display_name from division_scope join division using (division)
  where $4 = 'COUNTY' and subject <> 0
  union all
  select unit, display_name from unit where $4 = 'UNIT' and division = $1
  union all
  select plan, title from own_plan where $4 = 'PLAN'
), completion as (
  select subject,
         sum(active) filter (where not ongoing) as occurrences,
         sum(self_reported) filter (where not ongoing) as self_reported,
         sum(with_evidence) filter (where not ongoing) as with_evidence,
         sum(verified) filter (where not ongoing) as verified,
         sum(active) filter (where not ongoing and role = 1) as lead_occurrences,
         sum(verified) filter (where not ongoing and role = 1) as lead_verified,
         sum(active) filter (where ongoing) as ongoing,
         sum(verified) filter (where ongoing) as ongoing_verified,
         sum(active) filter (where due_date <= $3::date and not before_issue) as due,
         sum(verified_in_time) filter (where due_date <= $3 and not before_issue)
           as due_verified_in_time,
         sum(active - self_reported) filter (where due_date < $3 and not before_issue)
           as overdue_not_done,
         sum(self_reported_late) filter (where due_date < $3 and not before_issue) as done_late,
         sum(active - self_reported) filter (where before_issue) as due_before_issue
  from (select b.*, s.subject, coalesce(b.due_date < s.issue_date, false) as before_issue
        from plan_scope s join completion_bucket b using (division, plan, unit)) as bucket
  group by subject
), assignments as (
  select subject,
         sum(claimable) as claimable,
         sum(claimed) as claimed,
         sum(filed) as filed,
         sum(claimable) filter (where claim_deadline is not null) as claimable_with_deadline,
         sum(claimed) filter (where claim_date <= claim_deadline) as claimed_in_time,
         sum(claimed) filter (where filing_deadline is not null) as claimed_with_filing_deadline,
         sum(filed) filter (where file_date <= filing_deadline) as filed_in_time
  from plan_scope join assignment_bucket using (division, plan, unit)
  group by subject
), workload as (
  select subject, sum(tasks) as tasks, sum(completed_tasks) as completed_tasks
  from plan_scope s cross join lateral (
    select tasks, completed_tasks from workload_bucket b
    where b.division = s.division and b.plan = s.plan and b.unit = s.unit offset 0) as bucket
  group by subject
), holder as (
  select p.division, p.plan, bucket.unit
  from plan_in_force p cross join lateral (
    select unit from workload_bucket b
    where b.division = p.division and b.plan = p.plan and b.unit > 0 and b.assignments > 0
    offset 0) as bucket
), head as (
  select h.division, h.unit, coalesce(bucket.acts, 0) >= $5::int as attained
  from (select distinct division, unit from holder) as h left join lateral (
    select acts from head_bucket b
    where b.division = h.division and b.unit = h.unit and b.year = $2 offset 0) as bucket on true
), division_heads as (
  select division, count(*) as units, count(*) filter (where attained) as attained
  from head group by division
), heads as (
  select subject, sum(units) as units, sum(attained) as heads_attained
  from division_scope join division_heads using (division) group by subject
  union all
  select unit, 1, attained::int from head where $4 = 'UNIT' and division = $1
  union all
  select plan, count(*), count(*) filter (where attained)
  from holder join head using (division, unit) where $4 = 'PLAN' and division = $1 group by plan
), document as (
  select subject, must_interpret, documents, forms <> 0 as interpreted,
         forms & ~ $6::int <> 0 as diversified,
         bit_count(forms::bit(32)) >= case when issuing_level = 1 then $7::int else $8::int end
           as enough_forms
  from owner_scope s cross join lateral (
    select must_interpret, documents, forms, issuing_level from document_bucket b
    where b.division = s.division and b.unit = s.unit and b.year = $2 offset 0) as bucket
), documents as (
  select subject,
         sum(documents) filter (where interpreted) as interpreted,
         sum(documents) filter (where diversified) as diversified,
         sum(documents) filter (where must_interpret) as required,
         sum(documents) filter (where must_interpret and interpreted) as required_interpreted,
         sum(documents) filter (where must_interpret and diversified) as required_diversified,
         sum(documents) filter (where must_interpret and enough_forms) as required_with_enough_forms
  from document group by subject
)
select subject.subject, subject.display_name,
       (extract(epoch from projection.current_as_of) * 1000000)::bigint as current_as_of,
       completion.*, assignments.*, workload.*, heads.*, documents.*
from projection cross join subject
left join completion using (subject)
left join assignments using (subject)
left join workload using (subject)
left join heads using (subject)
left join documents using (subject)
order by subject.subject
)sql"};

const char* NameOf(Grouping grouping) {
  switch (grouping) {
    case Grouping::kDivision:
      return "DIVISION";
    case Grouping::kCounty:
      return "COUNTY";
    case Grouping::kUnit:
      return "UNIT";
    case Grouping::kPlan:
      return "PLAN";
  }
  return "";
}

// A sum over nothing is null.
FigureCounts CountsIn(const pqxx::row& row) {
  const auto count = [&](const char* column) { return row[column].as<std::int64_t>(0); };
  return {.occurrences = count("occurrences"),
          .self_reported = count("self_reported"),
          .with_evidence = count("with_evidence"),
          .verified = count("verified"),
          .lead_occurrences = count("lead_occurrences"),
          .lead_verified = count("lead_verified"),
          .ongoing = count("ongoing"),
          .ongoing_verified = count("ongoing_verified"),
          .tasks = count("tasks"),
          .completed_tasks = count("completed_tasks"),
          .due = count("due"),
          .due_verified_in_time = count("due_verified_in_time"),
          .overdue_not_done = count("overdue_not_done"),
          .done_late = count("done_late"),
          .due_before_issue = count("due_before_issue"),
          .claimable = count("claimable"),
          .claimed = count("claimed"),
          .filed = count("filed"),
          .claimable_with_deadline = count("claimable_with_deadline"),
          .claimed_in_time = count("claimed_in_time"),
          .claimed_with_filing_deadline = count("claimed_with_filing_deadline"),
          .filed_in_time = count("filed_in_time"),
          .units = count("units"),
          .heads_attained = count("heads_attained"),
          .interpreted = count("interpreted"),
          .diversified = count("diversified"),
          .required = count("required"),
          .required_interpreted = count("required_interpreted"),
          .required_diversified = count("required_diversified"),
          .required_with_enough_forms = count("required_with_enough_forms")};
}

}  // namespace

OverviewCounts ReadOverviewCounts(Session& session, const OverviewQuery& query,
                                  const Rules& rules) {
  const auto rows = session.Execute(
      kReadOverview, query.division, query.year, FormatDate(query.as_of), NameOf(query.grouping),
      rules.head_target, static_cast<int>(rules.text_forms.bits()),
      rules.FormThreshold(IssuingLevel::kGovernment), rules.FormThreshold(IssuingLevel::kUnit));
  OverviewCounts overview;
  for (const auto& row : rows) {
    SubjectCounts line{row["subject"].as<int>(), row["display_name"].as<std::string>(),
                       CountsIn(row)};
    if (line.subject == 0) {
      overview.current_as_of = TimeOrNothing(row["current_as_of"]);
      overview.total = line.counts;
      continue;
    }
    const bool empty_unit = query.grouping == Grouping::kUnit && line.counts == FigureCounts{};
    if (!empty_unit) overview.rows.push_back(std::move(line));
  }
  return overview;
}

}  // namespace gongkai::reporting
