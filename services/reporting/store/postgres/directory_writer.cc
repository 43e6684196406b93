#include "services/reporting/store/postgres/directory_writer.h"

#include "services/reporting/store/postgres/fact_json.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// $1: the facts; $2: the day.

constexpr Statement kWriteDivisions{"write_divisions", R"sql(
with incoming as (
  select distinct on (division) division, display_name, level, parent, revision
  from json_to_recordset($1::json) as fact
    (division int, display_name text, level smallint, parent int, revision int)
  order by division, revision desc
), fresh as (
  select incoming.* from incoming
  left join division d on d.division = incoming.division and d.known_to = 'infinity'
  where d.revision is null or d.revision < incoming.revision
), closed as (
  update division d set known_to = $2::date from fresh
  where d.division = fresh.division and d.known_to = 'infinity' and d.known_from < $2
)
insert into division (division, display_name, level, parent, revision, known_from)
select *, $2 from fresh
on conflict (division, known_from) do update
  set display_name = excluded.display_name, level = excluded.level, parent = excluded.parent,
      revision = excluded.revision
)sql"};

constexpr Statement kWriteUnits{"write_units", R"sql(
with incoming as (
  select distinct on (division, unit) division, unit, display_name, kind, revision, $2::date
  from json_to_recordset($1::json) as fact
    (division int, unit int, display_name text, kind smallint, revision int)
  order by division, unit, revision desc
), renamed as (
  insert into former_unit (division, unit, known_to, display_name)
  select division, unit, $2, u.display_name
  from incoming join unit u using (division, unit)
  where u.revision < incoming.revision and u.known_from < $2
    and u.display_name <> incoming.display_name
  on conflict do nothing
)
insert into unit as u (division, unit, display_name, kind, revision, known_from)
select * from incoming
on conflict (division, unit) do update
  set display_name = excluded.display_name, kind = excluded.kind, revision = excluded.revision
  where u.revision < excluded.revision
)sql"};

constexpr Statement kWritePlans{"write_plans", R"sql(
with incoming as (
  select distinct on (division, plan) division, plan, title, year, state, issue_date,
         claim_deadline, filing_deadline, revision
  from json_to_recordset($1::json) as fact
    (division int, plan int, title text, year int, state smallint, issue_date date,
     claim_deadline date, filing_deadline date, revision int)
  order by division, plan, revision desc
), fresh as (
  select incoming.* from incoming
  left join plan p
    on (p.division, p.plan) = (incoming.division, incoming.plan) and p.known_to = 'infinity'
  where p.revision is null or p.revision < incoming.revision
), closed as (
  update plan p set known_to = $2::date from fresh
  where (p.division, p.plan) = (fresh.division, fresh.plan)
    and p.known_to = 'infinity' and p.known_from < $2
)
insert into plan (division, plan, title, year, state, issue_date, claim_deadline,
                  filing_deadline, revision, known_from)
select *, $2 from fresh
on conflict (division, plan, known_from) do update
  set title = excluded.title, year = excluded.year, state = excluded.state,
      issue_date = excluded.issue_date, claim_deadline = excluded.claim_deadline,
      filing_deadline = excluded.filing_deadline, revision = excluded.revision
)sql"};

constexpr Statement kWriteTasks{"write_tasks", R"sql(
with incoming as (
  select distinct on (division, plan, task)
         division, plan, task, ordinal, title, section, revision, $2::date
  from json_to_recordset($1::json) as fact
    (division int, plan int, task int, ordinal text, title text, section text, revision int)
  order by division, plan, task, revision desc
), reworded as (
  insert into former_task (division, plan, task, known_to, ordinal, title, section)
  select division, plan, task, $2, t.ordinal, t.title, t.section
  from incoming join task t using (division, plan, task)
  where t.revision < incoming.revision and t.known_from < $2
    and (t.ordinal, t.title, t.section)
        <> (incoming.ordinal, incoming.title, incoming.section)
    -- A text from before ordinals were kept.
    and t.ordinal <> ''
  on conflict do nothing
)
insert into task as t (division, plan, task, ordinal, title, section, revision, known_from)
select * from incoming
on conflict (division, plan, task) do update
  set ordinal = excluded.ordinal, title = excluded.title, section = excluded.section,
      revision = excluded.revision
  where t.revision < excluded.revision
)sql"};

}  // namespace

void WriteDirectory(Session& session, const Batch& batch, const std::string& known_day) {
  if (!batch.divisions.empty()) {
    session.Execute(kWriteDivisions, ToJson(batch.divisions), known_day);
  }
  if (!batch.units.empty()) session.Execute(kWriteUnits, ToJson(batch.units), known_day);
  if (!batch.plans.empty()) session.Execute(kWritePlans, ToJson(batch.plans), known_day);
  if (!batch.tasks.empty()) session.Execute(kWriteTasks, ToJson(batch.tasks), known_day);
}

}  // namespace gongkai::reporting
