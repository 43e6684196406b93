create or replace function resource(f evidence_file) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/units/%s/evidenceFiles/%s', f.division, f.unit, f.evidence_file),
    'file_name', f.file_name, 'content_type', f.content_type, 'size_bytes', f.size_bytes,
    'sha256', encode(f.sha256, 'hex'), 'author', f.author, 'create_time', f.create_time,
    'used', f.used)
$$;

-- Where else the evidence of an occurrence, or of one report on it, is used; null for nowhere.
create or replace function evidence_sharing(o occurrence, of_report int default null)
returns json language sql stable as $$
  with mine as (
    select distinct form, digest from evidence_use
    where (division, plan, task, unit, role, occurrence)
        = (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
      and (of_report is null or report = of_report)
  ), other as (
    select distinct (u.plan, u.task) = (o.plan, o.task) as same_task,
           u.plan, u.task, u.unit, u.role, u.occurrence
    from mine join evidence_use u
      on (u.division, u.digest, u.form) = (o.division, mine.digest, mine.form)
    where (u.plan, u.task, u.unit, u.role, u.occurrence)
       <> (o.plan, o.task, o.unit, o.role, o.occurrence)
  ), numbered as (
    select *, row_number() over (partition by same_task
                                 order by plan, task, unit, role, occurrence) as place,
           assignment_name(o.division, plan, task, unit, role) || '/occurrences/' || occurrence
             as name
    from other
  )
  select json_build_object(
    'other_tasks', coalesce(json_agg(name order by place)
                            filter (where not same_task and place <= 20), '[]'),
    'other_task_count', count(*) filter (where not same_task),
    'same_task', coalesce(json_agg(name order by place)
                          filter (where same_task and place <= 20), '[]'),
    'same_task_count', count(*) filter (where same_task))
  from numbered having count(*) > 0
$$;

-- What a reader gets, and the feed does not: see EvidenceSharing.
create or replace function read_resource(o occurrence) returns json language sql stable as $$
  select case when o.evidence_count = 0 then resource(o)
              else (resource(o)::jsonb ||
                    jsonb_build_object('evidence_sharing', evidence_sharing(o)))::json end
$$;

create or replace function read_resource(r progress_report) returns json
language sql stable as $$
  select (resource(r)::jsonb || jsonb_build_object('evidence_sharing', (
    select evidence_sharing(o, r.report) from occurrence o
    where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = (r.division, r.plan, r.task, r.unit, r.role, r.occurrence))))::json
$$;

-- One piece of evidence in all of a division.
create or replace function shared_evidence(of_division int, of_form evidence_form, of_digest bytea)
returns table (occurrence_count int, task_count int, document json)
language sql stable as $$
  with used as (
    select plan, task, unit, role, occurrence, min(report) as report
    from evidence_use where (division, digest, form) = (of_division, of_digest, of_form)
    group by plan, task, unit, role, occurrence
  ), first_use as (
    select r.evidence -> (u.piece - 1) as evidence
    from evidence_use u join progress_report r
      using (division, plan, task, unit, role, occurrence, report)
    where (u.division, u.digest, u.form) = (of_division, of_digest, of_form)
    order by r.create_time, plan, task, unit, role, occurrence, report, u.piece limit 1
  ), counted as (
    select count(*)::int as occurrences, count(distinct (plan, task))::int as tasks from used
  )
  select occurrences, tasks, json_build_object(
    'form', of_form,
    'evidence', (select coalesce(evidence->>'url', evidence->>'document_number',
                                 evidence->>'file') from first_use),
    'occurrence_count', occurrences, 'task_count', tasks,
    'occurrences', array(
      select assignment_name(of_division, plan, task, unit, role) || '/occurrences/' || occurrence
      from used order by plan, task, unit, role, occurrence limit 100))
  from counted
$$;
