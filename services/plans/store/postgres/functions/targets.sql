-- Targets of tasks. They stand in the tasks' content; what the office says of them in rows of their
-- own.

-- By what a clause is known.
create or replace function clause_of(target json) returns text language sql immutable as $$
  select md5(concat_ws(chr(31), coalesce(target ->> 'text', ''), coalesce(target ->> 'metric', ''),
                       coalesce(target ->> 'unit', '')))
$$;

create or replace function target_etag(t task, target json) returns text language sql stable as $$
  select t.revision || '.' || coalesce(
    (select b.revision from target_binding b
     where (b.division, b.plan, b.task, b.clause)
         = (t.division, t.plan, t.task, clause_of(target))), 0)
$$;

create or replace function task_target(t task, target json, number bigint) returns json
language sql stable as $$
  with office as (
    select b.* from target_binding b
    where (b.division, b.plan, b.task, b.clause)
        = (t.division, t.plan, t.task, clause_of(target))
      and b.source is not null
  )
  select json_build_object(
    'name', format('divisions/%s/plans/%s/tasks/%s/targets/%s', t.division, t.plan, t.task, number),
    'target', target, 'requirement', t.content ->> 'requirement',
    'binding', (select json_build_object('source', source, 'forms', forms,
                                         'interpreter', interpreter,
                                         'activity_kind', activity_kind) from office),
    'binder', (select 'OFFICE' from office), 'reason', (select reason from office),
    'actor', (select actor from office), 'bind_time', (select bind_time from office),
    'etag', target_etag(t, target))
$$;
