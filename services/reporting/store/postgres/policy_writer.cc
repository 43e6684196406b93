#include "services/reporting/store/postgres/policy_writer.h"

#include "services/reporting/store/postgres/array_text.h"
#include "services/reporting/store/postgres/fact_json.h"

namespace gongkai::reporting {
namespace {

using postgres::Session;
using postgres::Statement;

// In these statements "incoming" holds each fact once, "old" what was known of it, "fresh" those
// that tell something new. $1: the facts; $2: the day. "offset 0" and places are there as in
// work_writer.cc.

// Answers what the documents count for now, and with -1 what they counted for. Links may be known
// before their document is.
constexpr Statement kWriteDocuments{"write_documents", R"sql(
with incoming as (
  select distinct on (division, document) *
  from json_to_recordset($1::json) as fact
    (division int, document int, title text, unit int, year int, issuing_level smallint,
     must_interpret boolean, three_sync boolean, revision int)
  order by division, document, revision desc
), old as (
  select known.* from incoming i cross join lateral (
    select * from policy_document d
    where (d.division, d.document) = (i.division, i.document) and d.known_to = 'infinity'
    offset 0) as known
), fresh as (
  select incoming.*,
         coalesce((select bit_or(1 << link.form) from interpretation_link link
                   where link.division = incoming.division
                     and link.document = incoming.document), 0) as forms
  from incoming left join old using (division, document)
  where old.revision is null or old.revision < incoming.revision
), closed as (
  update policy_document set known_to = $2::date
  where ctid = any (array(
    select known.place from fresh cross join lateral (
      select d.ctid as place from policy_document d
      where (d.division, d.document) = (fresh.division, fresh.document)
        and d.known_to = 'infinity' and d.known_from < $2 offset 0) as known))
), stored as (
  insert into policy_document (division, document, title, unit, year, issuing_level,
                               must_interpret, three_sync, forms, revision, known_from)
  select division, document, title, unit, year, issuing_level, must_interpret, three_sync, forms,
         revision, $2
  from fresh
  on conflict (division, document, known_from) do update
    set title = excluded.title, unit = excluded.unit, year = excluded.year,
        issuing_level = excluded.issuing_level, must_interpret = excluded.must_interpret,
        three_sync = excluded.three_sync, forms = excluded.forms, revision = excluded.revision
)
select division, unit, year, issuing_level, must_interpret, three_sync, forms, 1 as times from fresh
union all
select old.division, old.unit, old.year, old.issuing_level, old.must_interpret, old.three_sync,
       old.forms, -1
from old join fresh using (division, document)
)sql"};

// Answers the acts of heads that count now, with a minus those that did; and, with unit 0 and their
// number as year, the documents whose links have changed.
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
    where (a.division, a.interpretation) = (i.division, i.interpretation)
      and a.known_to = 'infinity' offset 0) as known
), fresh as (
  select incoming.* from incoming left join old using (division, interpretation)
  where old.revision is null or old.revision < incoming.revision
), closed as (
  update interpretation set known_to = $2::date
  where ctid = any (array(
    select known.place from fresh cross join lateral (
      select a.ctid as place from interpretation a
      where (a.division, a.interpretation) = (fresh.division, fresh.interpretation)
        and a.known_to = 'infinity' and a.known_from < $2 offset 0) as known))
), stored as (
  insert into interpretation (division, interpretation, unit, year, form, head_acts, revision,
                              known_from)
  select division, interpretation, unit, year, form, head_acts, revision, $2 from fresh
  on conflict (division, interpretation, known_from) do update
    set unit = excluded.unit, year = excluded.year, form = excluded.form,
        head_acts = excluded.head_acts, revision = excluded.revision
), removed as (
  delete from interpretation_link link using fresh
  where link.division = fresh.division and link.interpretation = fresh.interpretation
    and link.document <> all (fresh.documents)
  returning link.division, link.document
), linked as (
  insert into interpretation_link (division, document, interpretation, form)
  select distinct division, document, interpretation, form
  from fresh cross join unnest(documents) as document
  on conflict (division, document, interpretation) do update set form = excluded.form
  returning division, document
)
select division, year, unit, head_acts as acts from fresh
union all
select old.division, old.year, old.unit, -old.head_acts
from old join fresh using (division, interpretation)
union all
(select division, document, 0, 0 from removed union select division, document, 0, 0 from linked)
)sql"};

// $1 and $2: divisions and numbers of documents whose links have changed; $3: the day. Answers like
// the statement for documents.
constexpr Statement kRefreshForms{"refresh_forms", R"sql(
with old as (
  select known.*,
         coalesce((select bit_or(1 << link.form) from interpretation_link link
                   where link.division = known.division and link.document = known.document), 0)
           as new_forms
  from unnest($1::int[], $2::int[]) as touched (division, document) cross join lateral (
    select * from policy_document d
    where (d.division, d.document) = (touched.division, touched.document)
      and d.known_to = 'infinity' offset 0) as known
), fresh as (
  select * from old where forms <> new_forms
), closed as (
  update policy_document set known_to = $3::date
  where ctid = any (array(
    select known.place from fresh cross join lateral (
      select d.ctid as place from policy_document d
      where (d.division, d.document) = (fresh.division, fresh.document)
        and d.known_to = 'infinity' and d.known_from < $3 offset 0) as known))
), stored as (
  insert into policy_document (division, document, title, unit, year, issuing_level,
                               must_interpret, three_sync, forms, revision, known_from)
  select division, document, title, unit, year, issuing_level, must_interpret, three_sync, new_forms,
         revision, $3
  from fresh
  on conflict (division, document, known_from) do update set forms = excluded.forms
)
select division, unit, year, issuing_level, must_interpret, three_sync, new_forms as forms,
       1 as times
from fresh
union all
select division, unit, year, issuing_level, must_interpret, three_sync, forms, -1 from fresh
)sql"};

void AddDocuments(const pqxx::result& rows, CellDifferences& differences) {
  for (const auto& row : rows) {
    differences.AddDocument(
        row["division"].as<int>(), row["year"].as<int>(), row["unit"].as<int>(),
        {.issuing_level = static_cast<IssuingLevel>(row["issuing_level"].as<int>()),
         .must_interpret = row["must_interpret"].as<bool>(),
         .three_sync = row["three_sync"].as<bool>(),
         .forms = FormSet::FromBits(row["forms"].as<std::uint32_t>())},
        row["times"].as<int>());
  }
}

}  // namespace

void WriteDocuments(Session& session, const std::vector<PolicyDocumentFact>& facts,
                    const std::string& known_day, CellDifferences& differences) {
  if (facts.empty()) return;
  AddDocuments(session.Execute(kWriteDocuments, ToJson(facts), known_day), differences);
}

void WriteInterpretations(Session& session, const std::vector<InterpretationFact>& facts,
                          const std::string& known_day, CellDifferences& differences) {
  if (facts.empty()) return;
  ArrayText divisions, documents;
  for (const auto& row : session.Execute(kWriteInterpretations, ToJson(facts), known_day)) {
    const auto division = row["division"].as<int>();
    const auto unit = row["unit"].as<int>();
    if (unit > 0) {
      differences.AddHeadActs(division, row["year"].as<int>(), unit, row["acts"].as<int>());
    } else {
      divisions.Add(division);
      documents.Add(row["year"].as<int>());
    }
  }
  AddDocuments(session.Execute(kRefreshForms, divisions.text(), documents.text(), known_day),
               differences);
}

}  // namespace gongkai::reporting
