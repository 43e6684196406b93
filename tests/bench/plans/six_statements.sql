-- A submission as six statements in a transaction: what the service does in one.
begin;
select o.state, o.revision, a.state from occurrence o
join assignment a using (division, plan, task, unit, role)
where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
    = (:division, :plan, :task, :unit, 'RESPONSIBLE'::unit_role, 1) for update of o;
update occurrence
set state = 'SUBMITTED', submit_time = now(), verify_time = null, review_comment = '',
    revision = revision + 1
where (division, plan, task, unit, role, occurrence)
    = (:division, :plan, :task, :unit, 'RESPONSIBLE'::unit_role, 1);
insert into transition (division, plan, task, unit, role, occurrence, revision, action, to_state,
                        actor, comment)
values (:division, :plan, :task, :unit, 'RESPONSIBLE', 1, 2, 'submit', 'SUBMITTED', 'clerk', '');
insert into change (division, kind, resource, actor)
select o.division, 'occurrence', resource(o), 'clerk' from occurrence o
where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
    = (:division, :plan, :task, :unit, 'RESPONSIBLE'::unit_role, 1);
insert into answered_request (division, request_id, method, answer)
select o.division, 'six-' || :index, 'submit', resource(o) from occurrence o
where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
    = (:division, :plan, :task, :unit, 'RESPONSIBLE'::unit_role, 1);
select resource(o) from occurrence o
where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
    = (:division, :plan, :task, :unit, 'RESPONSIBLE'::unit_role, 1);
commit;
