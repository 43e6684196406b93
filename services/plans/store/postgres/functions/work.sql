create or replace function resource(d due_date_change) returns json language sql stable as $$
  select json_build_object(
    'name', assignment_name(d.division, d.plan, d.task, d.unit, d.role) || '/occurrences/' ||
            d.occurrence || '/dueDateChanges/' || d.due_date_change,
    'origin', d.origin, 'state', d.state, 'from_due_date', d.from_due_date,
    'to_due_date', d.to_due_date, 'reason', d.reason, 'requester', d.requester,
    'create_time', d.create_time, 'decider', d.decider, 'decision_comment', d.decision_comment,
    'decide_time', d.decide_time, 'etag', d.revision::text, 'revision', d.revision)
$$;

create or replace function resource(e task_event) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/plans/%s/tasks/%s/events/%s', e.division, e.plan, e.task,
                   e.task_event),
    'event_date', e.event_date, 'description', e.description, 'rule', e.rule,
    'working_days', e.working_days, 'calendar_days', e.calendar_days, 'due_date', e.due_date,
    'state', e.state, 'reason', e.reason,
    'create_time', e.create_time, 'etag', e.revision::text, 'revision', e.revision)
$$;
