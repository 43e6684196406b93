#include "services/reporting/store/postgres/batch_writer.h"

#include <string>

#include "services/reporting/store/postgres/fact_json.h"

namespace gongkai::reporting {
namespace {

// In these statements "incoming" holds each fact once, "old" what was known of it, "changed" those
// that tell something new, "delta" what to add to the buckets. "offset 0" makes the planner look up
// the known facts by key: a plan from when the table was small would read it whole.

using postgres::Session;
using postgres::Statement;

constexpr Statement kWriteDivisions{"write_divisions", R"sql(
insert into division as d (division, display_name, level, parent, revision)
select distinct on (division) division, display_name, level, parent, revision
from json_to_recordset($1::json) as fact
  (division int, display_name text, level smallint, parent int, revision int)
order by division, revision desc
on conflict (division) do update
  set display_name = excluded.display_name, level = excluded.level, parent = excluded.parent,
      revision = excluded.revision
  where d.revision < excluded.revision
)sql"};

constexpr Statement kWriteUnits{"write_units", R"sql(
insert into unit as u (division, unit, display_name, revision)
select distinct on (division, unit) division, unit, display_name, revision
from json_to_recordset($1::json) as fact
  (division int, unit int, display_name text, revision int)
order by division, unit, revision desc
on conflict (division, unit) do update
  set display_name = excluded.display_name, revision = excluded.revision
  where u.revision < excluded.revision
)sql"};

constexpr Statement kWritePlans{"write_plans", R"sql(
insert into plan as p (division, plan, title, year, state, issue_date, claim_deadline,
                       filing_deadline, revision)
select distinct on (division, plan) division, plan, title, year, state, issue_date,
       claim_deadline, filing_deadline, revision
from json_to_recordset($1::json) as fact
  (division int, plan int, title text, year int, state smallint, issue_date date,
   claim_deadline date, filing_deadline date, revision int)
order by division, plan, revision desc
on conflict (division, plan) do update
  set title = excluded.title, year = excluded.year, state = excluded.state,
      issue_date = excluded.issue_date, claim_deadline = excluded.claim_deadline,
      filing_deadline = excluded.filing_deadline, revision = excluded.revision
  where p.revision < excluded.revision
)sql"};

constexpr Statement kWriteTasks{"write_tasks", R"sql(
insert into task as t (division, plan, task, title, revision)
select distinct on (division, plan, task) division, plan, task, title, revision
from json_to_recordset($1::json) as fact
  (division int, plan int, task int, title text, revision int)
order by division, plan, task, revision desc
on conflict (division, plan, task) do update
  set title = excluded.title, revision = excluded.revision
  where t.revision < excluded.revision
)sql"};

constexpr Statement kWriteAssignments{"write_assignments", R"sql(
with incoming as (
  select distinct on (division, plan, task, unit, role) *
  from json_to_recordset($1::json) as fact
    (division int, plan int, task int, unit int, role smallint, claim_date date, file_date date,
     claimable int, claimed int, filed int, revision int)
  order by division, plan, task, unit, role, revision desc
), old as (
  select known.* from incoming i cross join lateral (
    select * from assignment a
    where (a.division, a.plan, a.task, a.unit, a.role)
        = (i.division, i.plan, i.task, i.unit, i.role) offset 0) as known
), changed as (
  select incoming.* from incoming left join old using (division, plan, task, unit, role)
  where old.revision is null or old.revision < incoming.revision
), stored as (
  insert into assignment (division, plan, task, unit, role, claim_date, file_date, claimable,
                          claimed, filed, revision)
  select division, plan, task, unit, role, claim_date, file_date, claimable, claimed, filed,
         revision
  from changed
  on conflict (division, plan, task, unit, role) do update
    set claim_date = excluded.claim_date, file_date = excluded.file_date,
        claimable = excluded.claimable, claimed = excluded.claimed, filed = excluded.filed,
        revision = excluded.revision
), delta as (
  select division, plan, unit, claim_date, file_date, claimable, claimed, filed from changed
  union all
  select old.division, old.plan, old.unit, old.claim_date, old.file_date, -old.claimable,
         -old.claimed, -old.filed
  from old join changed using (division, plan, task, unit, role)
), bucketed as (
  insert into assignment_bucket as b (division, plan, unit, claim_date, file_date, claimable,
                                      claimed, filed)
  select division, plan, coalesce(unit, 0), claim_date, file_date, sum(claimable), sum(claimed),
         sum(filed)
  from delta
  group by grouping sets ((division, plan, unit, claim_date, file_date),
                          (division, plan, claim_date, file_date))
  having (sum(claimable), sum(claimed), sum(filed)) <> (0, 0, 0)
  on conflict (division, plan, unit, claim_date, file_date) do update
    set claimable = b.claimable + excluded.claimable, claimed = b.claimed + excluded.claimed,
        filed = b.filed + excluded.filed
)
insert into workload_bucket as b (division, plan, unit, assignments, tasks, completed_tasks)
select division, plan, coalesce(unit, 0), sum(claimable), 0, 0
from delta
group by grouping sets ((division, plan, unit), (division, plan))
having sum(claimable) <> 0
on conflict (division, plan, unit) do update
  set assignments = b.assignments + excluded.assignments
)sql"};

// Role 3 is supporting: its occurrences are in no task's progress.
constexpr Statement kWriteOccurrences{"write_occurrences", R"sql(
with incoming as (
  select distinct on (division, plan, task, unit, role, occurrence) *
  from json_to_recordset($1::json) as fact
    (division int, plan int, task int, unit int, role smallint, occurrence int, due_date date,
     ongoing boolean, active int, self_reported int, with_evidence int, verified int,
     verified_in_time int, self_reported_late int, revision int)
  order by division, plan, task, unit, role, occurrence, revision desc
), old as (
  select known.* from incoming i cross join lateral (
    select * from occurrence o
    where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = (i.division, i.plan, i.task, i.unit, i.role, i.occurrence) offset 0) as known
), changed as (
  select incoming.* from incoming left join old using (division, plan, task, unit, role, occurrence)
  where old.revision is null or old.revision < incoming.revision
), stored as (
  insert into occurrence (division, plan, task, unit, role, occurrence, due_date, ongoing, active,
                          self_reported, with_evidence, verified, verified_in_time,
                          self_reported_late, revision)
  select division, plan, task, unit, role, occurrence, due_date, ongoing, active, self_reported,
         with_evidence, verified, verified_in_time, self_reported_late, revision
  from changed
  on conflict (division, plan, task, unit, role, occurrence) do update
    set due_date = excluded.due_date, ongoing = excluded.ongoing, active = excluded.active,
        self_reported = excluded.self_reported, with_evidence = excluded.with_evidence,
        verified = excluded.verified, verified_in_time = excluded.verified_in_time,
        self_reported_late = excluded.self_reported_late, revision = excluded.revision
), delta as (
  select division, plan, task, unit, role, due_date, ongoing, active, self_reported, with_evidence,
         verified, verified_in_time, self_reported_late
  from changed
  union all
  select old.division, old.plan, old.task, old.unit, old.role, old.due_date, old.ongoing,
         -old.active, -old.self_reported, -old.with_evidence, -old.verified, -old.verified_in_time,
         -old.self_reported_late
  from old join changed using (division, plan, task, unit, role, occurrence)
), bucketed as (
  insert into completion_bucket as b (division, plan, unit, role, due_date, ongoing, active,
                                      self_reported, with_evidence, verified, verified_in_time,
                                      self_reported_late)
  select division, plan, coalesce(unit, 0), role, due_date, ongoing, sum(active),
         sum(self_reported), sum(with_evidence), sum(verified), sum(verified_in_time),
         sum(self_reported_late)
  from delta
  group by grouping sets ((division, plan, unit, role, due_date, ongoing),
                          (division, plan, role, due_date, ongoing))
  having (sum(active), sum(self_reported), sum(with_evidence), sum(verified),
          sum(verified_in_time), sum(self_reported_late)) <> (0, 0, 0, 0, 0, 0)
  on conflict (division, plan, unit, role, due_date, ongoing) do update
    set active = b.active + excluded.active,
        self_reported = b.self_reported + excluded.self_reported,
        with_evidence = b.with_evidence + excluded.with_evidence,
        verified = b.verified + excluded.verified,
        verified_in_time = b.verified_in_time + excluded.verified_in_time,
        self_reported_late = b.self_reported_late + excluded.self_reported_late
), task_delta as (
  select division, plan, task, coalesce(unit, 0) as unit, sum(active) as active,
         sum(verified) as verified
  from delta
  where role <> 3 and not ongoing
  group by grouping sets ((division, plan, task, unit), (division, plan, task))
  having (sum(active), sum(verified)) <> (0, 0)
), progress as (
  insert into task_progress as p (division, plan, task, unit, active, verified)
  select division, plan, task, unit, active, verified from task_delta
  on conflict (division, plan, task, unit) do update
    set active = p.active + excluded.active, verified = p.verified + excluded.verified
  returning p.division, p.plan, p.task, p.unit, p.active, p.verified
), task_step as (
  select division, plan, unit,
         p.active > 0 as counts,
         p.active > 0 and p.verified = p.active as complete,
         p.active - d.active > 0 as counted,
         p.active - d.active > 0 and p.verified - d.verified = p.active - d.active as completed
  from progress p join task_delta d using (division, plan, task, unit)
)
insert into workload_bucket as b (division, plan, unit, assignments, tasks, completed_tasks)
select division, plan, unit, 0, sum(counts::int - counted::int),
       sum(complete::int - completed::int)
from task_step
where (counts, complete) <> (counted, completed)
group by division, plan, unit
on conflict (division, plan, unit) do update
  set tasks = b.tasks + excluded.tasks,
      completed_tasks = b.completed_tasks + excluded.completed_tasks
)sql"};

// Links may be known before their document is.
constexpr Statement kWriteDocuments{"write_documents", R"sql(
with incoming as (
  select distinct on (division, document) *
  from json_to_recordset($1::json) as fact
    (division int, document int, title text, unit int, year int, issuing_level smallint,
     must_interpret boolean, revision int)
  order by division, document, revision desc
), old as (
  select known.* from incoming i cross join lateral (
    select * from policy_document d
    where (d.division, d.document) = (i.division, i.document) offset 0) as known
), changed as (
  select incoming.*,
         coalesce((select bit_or(1 << link.form) from interpretation_link link
                   where link.division = incoming.division
                     and link.document = incoming.document), 0) as forms
  from incoming left join old using (division, document)
  where old.revision is null or old.revision < incoming.revision
), stored as (
  insert into policy_document (division, document, title, unit, year, issuing_level,
                               must_interpret, forms, revision)
  select division, document, title, unit, year, issuing_level, must_interpret, forms, revision
  from changed
  on conflict (division, document) do update
    set title = excluded.title, unit = excluded.unit, year = excluded.year,
        issuing_level = excluded.issuing_level, must_interpret = excluded.must_interpret,
        forms = excluded.forms, revision = excluded.revision
), delta as (
  select division, unit, year, issuing_level, must_interpret, forms, 1 as documents from changed
  union all
  select old.division, old.unit, old.year, old.issuing_level, old.must_interpret, old.forms, -1
  from old join changed using (division, document)
)
insert into document_bucket as b (division, unit, year, issuing_level, must_interpret, forms,
                                  documents)
select division, coalesce(unit, 0), year, issuing_level, must_interpret, forms, sum(documents)
from delta
group by grouping sets ((division, unit, year, issuing_level, must_interpret, forms),
                        (division, year, issuing_level, must_interpret, forms))
having sum(documents) <> 0
on conflict (division, unit, year, issuing_level, must_interpret, forms) do update
  set documents = b.documents + excluded.documents
)sql"};

constexpr Statement kWriteInterpretations{"write_interpretations", R"sql(
with incoming as (
  select distinct on (division, interpretation) *
  from json_to_recordset($1::json) as fact
    (division int, interpretation int, unit int, year int, form smallint, head_acts int,
     documents int[], revision int)
  order by division, interpretation, revision desc
), old as (
  select known.* from incoming i cross join lateral (
    select * from interpretation a
    where (a.division, a.interpretation) = (i.division, i.interpretation) offset 0) as known
), changed as (
  select incoming.* from incoming left join old using (division, interpretation)
  where old.revision is null or old.revision < incoming.revision
), stored as (
  insert into interpretation (division, interpretation, unit, year, form, head_acts, revision)
  select division, interpretation, unit, year, form, head_acts, revision from changed
  on conflict (division, interpretation) do update
    set unit = excluded.unit, year = excluded.year, form = excluded.form,
        head_acts = excluded.head_acts, revision = excluded.revision
), removed as (
  delete from interpretation_link link using changed
  where link.division = changed.division and link.interpretation = changed.interpretation
    and link.document <> all (changed.documents)
  returning link.division, link.document
), linked as (
  insert into interpretation_link (division, document, interpretation, form)
  select distinct division, document, interpretation, form
  from changed cross join unnest(documents) as document
  on conflict (division, document, interpretation) do update set form = excluded.form
  returning division, document
), delta as (
  select division, unit, year, head_acts from changed
  union all
  select old.division, old.unit, old.year, -old.head_acts
  from old join changed using (division, interpretation)
), bucketed as (
  insert into head_bucket as b (division, unit, year, acts)
  select division, unit, year, sum(head_acts) from delta
  group by division, unit, year
  having sum(head_acts) <> 0
  on conflict (division, unit, year) do update set acts = b.acts + excluded.acts
), touched as (
  select division, document from removed union select division, document from linked
)
select coalesce(json_agg(touched), '[]') from touched
)sql"};

// $1: documents whose links have changed.
constexpr Statement kRefreshForms{"refresh_forms", R"sql(
with fresh as (
  select d.*,
         coalesce((select bit_or(1 << link.form) from interpretation_link link
                   where link.division = d.division and link.document = d.document), 0)
           as new_forms
  from policy_document d
  join json_to_recordset($1::json) as touched (division int, document int)
    using (division, document)
), changed as (
  select * from fresh where forms <> new_forms
), stored as (
  update policy_document d set forms = changed.new_forms from changed
  where d.division = changed.division and d.document = changed.document
), delta as (
  select division, unit, year, issuing_level, must_interpret, new_forms as forms, 1 as documents
  from changed
  union all
  select division, unit, year, issuing_level, must_interpret, forms, -1 from changed
)
insert into document_bucket as b (division, unit, year, issuing_level, must_interpret, forms,
                                  documents)
select division, coalesce(unit, 0), year, issuing_level, must_interpret, forms, sum(documents)
from delta
group by grouping sets ((division, unit, year, issuing_level, must_interpret, forms),
                        (division, year, issuing_level, must_interpret, forms))
having sum(documents) <> 0
on conflict (division, unit, year, issuing_level, must_interpret, forms) do update
  set documents = b.documents + excluded.documents
)sql"};

template <typename Fact>
void Write(Session& session, const Statement& statement, const std::vector<Fact>& facts) {
  if (!facts.empty()) session.Execute(statement, ToJson(facts));
}

void WriteInterpretations(Session& session, const std::vector<InterpretationFact>& facts) {
  if (facts.empty()) return;
  const auto touched = session.Execute(kWriteInterpretations, ToJson(facts));
  session.Execute(kRefreshForms, touched[0][0].as<std::string>());
}

}  // namespace

void WriteFacts(Session& session, const Batch& batch) {
  Write(session, kWriteDivisions, batch.divisions);
  Write(session, kWriteUnits, batch.units);
  Write(session, kWritePlans, batch.plans);
  Write(session, kWriteTasks, batch.tasks);
  Write(session, kWriteAssignments, batch.assignments);
  Write(session, kWriteOccurrences, batch.occurrences);
  Write(session, kWriteDocuments, batch.documents);
  WriteInterpretations(session, batch.interpretations);
}

}  // namespace gongkai::reporting
