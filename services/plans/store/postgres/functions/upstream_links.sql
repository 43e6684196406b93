create or replace function resource(l upstream_link) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s/upstreamLinks/%s', l.division, l.plan, l.upstream_link),
    'upstream_task', format('divisions/%s/plans/%s/tasks/%s', l.upstream_division,
                            l.upstream_plan, l.upstream_task),
    'task', format('divisions/%s/plans/%s/tasks/', l.division, l.plan) || l.task,
    'state', l.state, 'reason', l.reason, 'create_time', l.create_time, 'author', l.author,
    'etag', l.revision::text, 'revision', l.revision)
$$;

-- The tasks that carry out an upstream task, with how far they are.
create or replace view counterpart as
  select l.upstream_division, l.upstream_plan, l.upstream_task, l.division, l.plan, l.task,
         d.display_name as division_display_name, coalesce(t.content ->> 'title', '') as title,
         coalesce(t.content ->> 'requirement', '') as requirement, work.occurrences,
         work.verified_occurrences, work.overdue_occurrences
  from upstream_link l
  join division d using (division)
  join task t using (division, plan, task)
  cross join lateral (
    select count(*)::int as occurrences,
           count(*) filter (where o.state = 'VERIFIED')::int as verified_occurrences,
           count(*) filter (where o.state in ('OPEN', 'RETURNED')
                              and o.due_date < (now() at time zone 'Asia/Shanghai')::date)::int
             as overdue_occurrences
    from occurrence o
    where (o.division, o.plan, o.task) = (l.division, l.plan, l.task) and o.state <> 'CANCELLED'
  ) as work
  where l.state = 'LINKED';

create or replace function resource(c counterpart) returns json language sql stable as $$
  select json_build_object(
    'task', format('divisions/%s/plans/%s/tasks/%s', c.division, c.plan, c.task),
    'division_display_name', c.division_display_name, 'title', c.title,
    'requirement', c.requirement, 'occurrences', c.occurrences,
    'verified_occurrences', c.verified_occurrences,
    'overdue_occurrences', c.overdue_occurrences)
$$;
