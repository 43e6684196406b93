-- Orders, instructions and comments in the form of the contract.

create or replace function resource(o supervision_order) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/supervisionOrders/%s', o.division, o.supervision_order),
    'number', o.number, 'title', o.title, 'issuer', o.issuer,
    'units', array(select format('divisions/%s/units/%s', o.division, unit)
                   from unnest(o.units) as unit),
    'subjects', o.subjects, 'requirement', o.requirement, 'deadline', o.deadline,
    'state', o.state,
    'answer', case when o.answer_time is not null then json_build_object(
      'text', o.answer_text, 'evidence', o.answer_evidence, 'author', o.answer_author,
      'answer_time', o.answer_time) end,
    'state_comment', o.state_comment, 'author', o.author, 'create_time', o.create_time,
    'update_time', o.update_time, 'etag', o.revision::text, 'revision', o.revision)
$$;

create or replace function resource(s supervision_order_step) returns json language sql stable as $$
  select json_build_object(
    'action', s.action, 'from_state', s.from_state, 'to_state', s.to_state, 'actor', s.actor,
    'comment', s.comment, 'answer', s.answer, 'from_deadline', s.from_deadline,
    'to_deadline', s.to_deadline, 'change_time', s.change_time)
$$;

-- To whom it goes: all that have the task where it names none.
create or replace function instructed_units(i instruction) returns int[] language sql stable as $$
  select case when i.units <> '{}' then i.units else array(
    select distinct a.unit from assignment a
    where (a.division, a.plan, a.task) = (i.division, i.plan, i.task)) end
$$;

create or replace function resource(i instruction) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s/tasks/%s/instructions/%s', i.division, i.plan, i.task,
                   i.instruction),
    'leader_post', i.leader_post, 'text', i.text, 'instruct_date', i.instruct_date,
    'units', array(select format('divisions/%s/units/%s', i.division, unit)
                   from unnest(i.units) as unit),
    'reply_deadline', i.reply_deadline, 'reply', i.reply, 'reply_author', i.reply_author,
    'reply_time', i.reply_time, 'author', i.author, 'create_time', i.create_time,
    'etag', i.revision::text, 'revision', i.revision)
$$;

create or replace function resource(c comment) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s/tasks/%s/comments/%s', c.division, c.plan, c.task,
                   c.comment),
    'subject', c.subject,
    'reply_to', format('divisions/%s/plans/%s/tasks/%s/comments/', c.division, c.plan, c.task) ||
                c.reply_to,
    'text', case when c.withdraw_time is null then c.text else '' end, 'author', c.author,
    'create_time', c.create_time, 'withdraw_time', c.withdraw_time, 'etag', c.revision::text,
    'revision', c.revision)
$$;

-- The first of the units, and of the names of tasks, assignments and occurrences, that the division
-- does not have; null if it has all.
create or replace function missing_of(division int, units int[], subjects text[]) returns text
language sql stable as $$
  select missing from (
    select format('divisions/%s/units/%s', $1, wanted) as missing, 0 as part, place
    from unnest($2) with ordinality as u (wanted, place)
    where not exists (select from unit where (unit.division, unit.unit) = ($1, wanted))
    union all
    select wanted, 1, place
    from unnest($3) with ordinality as s (wanted, place)
    cross join lateral regexp_match(
      wanted, '^divisions/(\d+)/plans/(\d+)/tasks/(\d+)(?:/assignments/(\d+)-(lead|responsible|'
              'supporting)(?:/occurrences/(\d+))?)?$') as m
    where m is null or m[1]::int <> $1 or not case
      when m[6] is not null then exists (
        select from occurrence o
        where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
            = ($1, m[2]::int, m[3]::int, m[4]::int, upper(m[5])::unit_role, m[6]::int))
      when m[4] is not null then exists (
        select from assignment a
        where (a.division, a.plan, a.task, a.unit, a.role)
            = ($1, m[2]::int, m[3]::int, m[4]::int, upper(m[5])::unit_role))
      else exists (
        select from task t where (t.division, t.plan, t.task) = ($1, m[2]::int, m[3]::int))
      end
  ) of_all order by part, place limit 1
$$;

create or replace function resource_name(o supervision_order) returns text
language sql immutable as $$
  select 'divisions/' || o.division || '/supervisionOrders/' || o.supervision_order
$$;
create or replace function resource_name(s supervision_order_step) returns text
language sql immutable as $$
  select 'divisions/' || s.division || '/supervisionOrders/' || s.supervision_order || '/steps/' ||
         s.revision
$$;
create or replace function resource_name(i instruction) returns text language sql immutable as $$
  select 'divisions/' || i.division || '/plans/' || i.plan || '/tasks/' || i.task ||
         '/instructions/' || i.instruction
$$;
create or replace function resource_name(c comment) returns text language sql immutable as $$
  select 'divisions/' || c.division || '/plans/' || c.plan || '/tasks/' || c.task ||
         '/comments/' || c.comment
$$;
