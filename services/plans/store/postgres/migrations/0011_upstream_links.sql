-- Which tasks carry out which tasks of a division above. `task` is null where the upstream task
-- does not apply. The key of the division that carries out comes first; the index serves whoever
-- compares counties.
create type upstream_link_state as enum ('LINKED', 'NOT_APPLICABLE', 'WITHDRAWN');

create table upstream_link (
  division int not null,
  plan int not null,
  upstream_link int not null,
  upstream_division int not null,
  upstream_plan int not null,
  upstream_task int not null,
  task int,
  state upstream_link_state not null,
  reason text not null,
  author text not null,
  create_time timestamptz not null default now(),
  revision int not null default 1,
  primary key (division, plan, upstream_link),
  foreign key (division, plan, task) references task,
  foreign key (upstream_division, upstream_plan, upstream_task) references task
);
create unique index upstream_link_once on upstream_link
  (division, plan, upstream_division, upstream_plan, upstream_task, coalesce(task, 0))
  where state <> 'WITHDRAWN';
create index upstream_link_by_upstream_task on upstream_link
  (upstream_division, upstream_plan, upstream_task, division, plan, task) where state = 'LINKED';

alter type resource_kind add value 'upstream_link';
