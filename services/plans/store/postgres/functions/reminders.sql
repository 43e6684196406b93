-- What units owe, one row for each thing: `occurrence` 0 is the assignment itself. Only what stands
-- in a plan that is issued, and nothing that the office has to decide first.
drop view if exists due_reminder cascade;
create view due_reminder as
  select a.division, a.plan, a.task, a.unit, a.role, 0::smallint as occurrence,
         case a.state when 'ASSIGNED' then 'CLAIM' else 'FILE' end as kind, '' as period,
         case a.state when 'ASSIGNED' then p.claim_deadline else p.filing_deadline end as due_date
  from assignment a join plan p using (division, plan)
  where a.state in ('ASSIGNED', 'CLAIMED') and p.state = 'ISSUED' and p.delete_time is null
    and case a.state when 'ASSIGNED' then p.claim_deadline else p.filing_deadline end is not null
  union all
  select o.division, o.plan, o.task, o.unit, o.role, o.occurrence,
         case o.state when 'OPEN' then 'SUBMIT' else 'RESUBMIT' end, o.period, o.due_date
  from occurrence o
  join assignment a using (division, plan, task, unit, role)
  join plan p using (division, plan)
  where o.state in ('OPEN', 'RETURNED') and a.state in ('ASSIGNED', 'CLAIMED', 'FILED')
    and p.state = 'ISSUED' and p.delete_time is null;

create or replace function reminder_count(d due_reminder) returns int language sql stable as $$
  select count(*)::int from reminder r
  where (r.division, r.plan, r.task, r.unit, r.role, r.occurrence)
      = (d.division, d.plan, d.task, d.unit, d.role, d.occurrence)
$$;
create or replace function last_reminder_time(d due_reminder) returns timestamptz
language sql stable as $$
  select max(r.create_time) from reminder r
  where (r.division, r.plan, r.task, r.unit, r.role, r.occurrence)
      = (d.division, d.plan, d.task, d.unit, d.role, d.occurrence)
$$;

-- The name of an assignment or, where `occurrence` is not 0, of one of its occurrences.
create or replace function work_name(division int, plan int, task int, unit int, role unit_role,
                                     occurrence int)
returns text language sql immutable as $$
  select assignment_name(division, plan, task, unit, role) ||
         case occurrence when 0 then '' else '/occurrences/' || occurrence end
$$;

-- Without what depends on the day: `days_left`, `step`.
create or replace function resource(d due_reminder) returns json language sql stable as $$
  select json_build_object(
    'kind', d.kind,
    'subject', work_name(d.division, d.plan, d.task, d.unit, d.role, d.occurrence),
    'unit', format('divisions/%s/units/%s', d.division, d.unit),
    'unit_display_name', (select u.display_name from unit u
                          where (u.division, u.unit) = (d.division, d.unit)),
    'role', d.role,
    'task_title', (select t.content->>'title' from task t
                   where (t.division, t.plan, t.task) = (d.division, d.plan, d.task)),
    'period', d.period, 'due_date', d.due_date, 'reminder_count', reminder_count(d),
    'last_reminder_time', last_reminder_time(d))
$$;

create or replace function resource(r reminder_rules) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/reminderRules', r.division),
    'claim', json_build_object('days', r.claim_days, 'repeat_days', r.claim_repeat),
    'filing', json_build_object('days', r.filing_days, 'repeat_days', r.filing_repeat),
    'submission', json_build_object('days', r.submission_days,
                                    'repeat_days', r.submission_repeat),
    'source', 'divisions/' || r.division, 'update_time', r.update_time,
    'etag', r.revision::text)
$$;

create or replace function resource(r reminder) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/reminders/%s', r.division, r.reminder),
    'subject', work_name(r.division, r.plan, r.task, r.unit, r.role, r.occurrence),
    'unit', format('divisions/%s/units/%s', r.division, r.unit), 'channel', r.channel,
    'text', r.text, 'author', r.author, 'create_time', r.create_time, 'revision', 1)
$$;

create or replace function resource_name(r reminder_rules) returns text language sql immutable as $$
  select 'divisions/' || r.division || '/reminderRules'
$$;
create or replace function resource_name(r reminder) returns text language sql immutable as $$
  select 'divisions/' || r.division || '/reminders/' || r.reminder
$$;
