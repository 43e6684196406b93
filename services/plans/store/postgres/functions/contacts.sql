create or replace function resource(r contact_reveal) returns json language sql stable as $$
  select json_build_object(
    'name', assignment_name(r.division, r.plan, r.task, r.unit, r.role) || '/contactReveals/' ||
            r.contact_reveal,
    'reason', r.reason, 'revealer', r.revealer, 'reveal_time', r.reveal_time,
    'assignment_revision', r.assignment_revision)
$$;
