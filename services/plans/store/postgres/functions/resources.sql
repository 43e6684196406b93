-- Resources in the form of the contract (proto3 JSON with the fields' own names): what get, list,
-- the feed and repeated requests all answer.

create or replace function assignment_name(division int, plan int, task int, unit int, role unit_role)
returns text language sql immutable as $$
  select format('divisions/%s/plans/%s/tasks/%s/assignments/%s-%s', division, plan, task, unit,
                lower(role::text))
$$;

-- All but the first three and the last two characters.
create or replace function masked(contact text) returns text language sql immutable as $$
  select case when length(contact) <= 5 then repeat('*', length(contact))
              else left(contact, 3) || repeat('*', length(contact) - 5) || right(contact, 2) end
$$;

create or replace function masked_contact(a assignment) returns text language sql immutable as $$
  select case when a.contact = '' then a.contact_masked else masked(a.contact) end
$$;

create or replace function resource(d division) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s', d.division), 'display_name', d.display_name, 'level', d.level,
    'parent_division', 'divisions/' || d.parent_division, 'valid_from', d.valid_from,
    'valid_until', d.valid_until,
    'successors', array(select format('divisions/%s', code) from unnest(d.successors) as code),
    'revision', d.revision)
$$;

create or replace function resource(u unit) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/units/%s', u.division, u.unit), 'display_name', u.display_name,
    'kind', u.kind, 'aliases', u.aliases, 'credit_code', u.credit_code, 'state', u.state,
    'valid_from', u.valid_from, 'valid_until', u.valid_until,
    'successors', array(select format('divisions/%s/units/%s', u.division, successor)
                        from unnest(u.successors) as successor),
    'warnings', case when u.credit_code <> '' and not credit_code_fits(u.credit_code)
                     then array['CREDIT_CODE_CHECK_CHARACTER'] else array[]::text[] end,
    'etag', u.revision::text, 'revision', u.revision)
$$;

create or replace function resource(g unit_group) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/unitGroups/%s', g.division, g.unit_group), 'phrase', g.phrase,
    'kinds', g.kinds,
    'units', array(select format('divisions/%s/units/%s', g.division, member)
                   from unnest(g.units) as member),
    'etag', g.revision::text, 'revision', g.revision)
$$;

create or replace function resource(p plan) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s', p.division, p.plan), 'title', p.title,
    'document_number', p.document_number, 'year', p.year, 'issue_date', p.issue_date,
    'claim_deadline', p.claim_deadline, 'filing_deadline', p.filing_deadline, 'state', p.state,
    'task_count', p.task_count, 'issues', p.issues, 'create_time', p.create_time,
    'update_time', p.update_time, 'etag', p.revision::text, 'revision', p.revision,
    'delete_time', p.delete_time)
$$;

-- A revision without its diff, as lists have it.
create or replace function summary(r plan_revision) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'name', format('divisions/%s/plans/%s/revisions/%s', r.division, r.plan, r.revision),
    'action', r.action, 'state', r.state, 'actor', r.actor, 'create_time', r.create_time,
    'comment', r.comment, 'field_changes', r.field_changes,
    'source', (select jsonb_build_object('content_type', s.content_type,
                                         'size_bytes', length(s.content),
                                         'sha256', encode(s.sha256, 'hex'))
               from plan_source s
               where (s.division, s.plan, s.revision) = (r.division, r.plan, r.revision)))
$$;

create or replace function resource(r plan_revision) returns json language sql stable as $$
  select (summary(r) || jsonb_build_object('diff', r.diff))::json
$$;

create or replace function resource(a amendment) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s/amendments/%s', a.division, a.plan, a.amendment),
    'state', a.state, 'reason', a.reason, 'diff', a.diff, 'proposer', a.proposer,
    'approver', a.approver, 'document_number', a.document_number,
    'approval_date', a.approval_date, 'plan_revision', a.plan_revision,
    'source', json_build_object('content_type', a.content_type,
                                'size_bytes', length(a.content),
                                'sha256', encode(sha256(a.content), 'hex')),
    'create_time', a.create_time, 'update_time', a.update_time, 'etag', a.revision::text,
    'revision', a.revision)
$$;

create or replace function resource(t task) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s/tasks/%s', t.division, t.plan, t.task),
    'content', t.content, 'revision', t.revision, 'etag', t.revision::text, 'state', t.state,
    'state_reason', t.state_reason, 'position', t.position)
$$;

create or replace function resource(a assignment) returns json language sql stable as $$
  select json_build_object(
    'name', assignment_name(a.division, a.plan, a.task, a.unit, a.role),
    'unit', format('divisions/%s/units/%s', a.division, a.unit), 'role', a.role,
    'source_text', a.source_text, 'state', a.state, 'measures', a.measures, 'section', a.section,
    'person', a.person, 'contact', masked_contact(a), 'claim_time', a.claim_time,
    'file_time', a.file_time, 'state_comment', a.state_comment,
    'reassigned_from', format('divisions/%s/units/', a.division) || a.reassigned_from,
    'etag', a.revision::text, 'revision', a.revision)
$$;

-- What the feed tells of an assignment: nothing about persons.
create or replace function public_resource(a assignment) returns json language sql stable as $$
  select json_build_object(
    'name', assignment_name(a.division, a.plan, a.task, a.unit, a.role),
    'unit', format('divisions/%s/units/%s', a.division, a.unit), 'role', a.role,
    'source_text', a.source_text, 'state', a.state, 'measures', a.measures, 'section', a.section,
    'claim_time', a.claim_time, 'file_time', a.file_time, 'state_comment', a.state_comment,
    'reassigned_from', format('divisions/%s/units/', a.division) || a.reassigned_from,
    'etag', a.revision::text, 'revision', a.revision)
$$;

create or replace function resource(o occurrence) returns json language sql stable as $$
  select json_build_object(
    'name', assignment_name(o.division, o.plan, o.task, o.unit, o.role) || '/occurrences/' ||
            o.occurrence,
    'unit', format('divisions/%s/units/%s', o.division, o.unit), 'role', o.role,
    'period', o.period, 'due_date', o.due_date, 'due_kind', o.due_kind,
    'due_assumed', o.due_assumed, 'state', o.state, 'report_count', o.report_count,
    'evidence_count', o.evidence_count, 'submit_time', o.submit_time,
    'verify_time', o.verify_time, 'review_comment', o.review_comment,
    'original_due_date', o.original_due_date,
    'task_event', format('divisions/%s/plans/%s/tasks/%s/events/', o.division, o.plan, o.task) ||
                  o.task_event,
    'etag', o.revision::text, 'revision', o.revision)
$$;

create or replace function resource(r progress_report) returns json language sql stable as $$
  select json_build_object(
    'name', assignment_name(r.division, r.plan, r.task, r.unit, r.role) || '/occurrences/' ||
            r.occurrence || '/progressReports/' || r.report,
    'text', r.text, 'evidence', r.evidence, 'create_time', r.create_time, 'author', r.author)
$$;

