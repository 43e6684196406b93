-- Who changed what: a trigger on every table that has a `resource_name` writes the audit trail, so
-- that no statement can forget to, one typed by hand included.

create or replace function resource_name(d division) returns text language sql immutable as $$
  select 'divisions/' || d.division
$$;
create or replace function resource_name(u unit) returns text language sql immutable as $$
  select 'divisions/' || u.division || '/units/' || u.unit
$$;
create or replace function resource_name(g unit_group) returns text language sql immutable as $$
  select 'divisions/' || g.division || '/unitGroups/' || g.unit_group
$$;
create or replace function resource_name(p plan) returns text language sql immutable as $$
  select 'divisions/' || p.division || '/plans/' || p.plan
$$;
create or replace function resource_name(s plan_source) returns text language sql immutable as $$
  select 'divisions/' || s.division || '/plans/' || s.plan || '/source'
$$;
create or replace function resource_name(t task) returns text language sql immutable as $$
  select 'divisions/' || t.division || '/plans/' || t.plan || '/tasks/' || t.task
$$;
create or replace function resource_name(a amendment) returns text language sql immutable as $$
  select 'divisions/' || a.division || '/plans/' || a.plan || '/amendments/' || a.amendment
$$;
create or replace function resource_name(a assignment) returns text language sql immutable as $$
  select assignment_name(a.division, a.plan, a.task, a.unit, a.role)
$$;
create or replace function resource_name(o occurrence) returns text language sql immutable as $$
  select assignment_name(o.division, o.plan, o.task, o.unit, o.role) || '/occurrences/' ||
         o.occurrence
$$;
create or replace function resource_name(r progress_report) returns text
language sql immutable as $$
  select assignment_name(r.division, r.plan, r.task, r.unit, r.role) || '/occurrences/' ||
         r.occurrence || '/progressReports/' || r.report
$$;
create or replace function resource_name(d due_date_change) returns text
language sql immutable as $$
  select assignment_name(d.division, d.plan, d.task, d.unit, d.role) || '/occurrences/' ||
         d.occurrence || '/dueDateChanges/' || d.due_date_change
$$;
create or replace function resource_name(e task_event) returns text language sql immutable as $$
  select 'divisions/' || e.division || '/plans/' || e.plan || '/tasks/' || e.task || '/events/' ||
         e.task_event
$$;
create or replace function resource_name(l upstream_link) returns text
language sql immutable as $$
  select 'divisions/' || l.division || '/plans/' || l.plan || '/upstreamLinks/' || l.upstream_link
$$;
create or replace function resource_name(r contact_reveal) returns text
language sql immutable as $$
  select assignment_name(r.division, r.plan, r.task, r.unit, r.role) || '/contactReveals/' ||
         r.contact_reveal
$$;
create or replace function resource_name(c calendar) returns text language sql immutable as $$
  select 'calendars/' || c.year
$$;
create or replace function resource_name(p policy_document) returns text
language sql immutable as $$
  select 'divisions/' || p.division || '/policyDocuments/' || p.policy_document
$$;
create or replace function resource_name(s policy_stage) returns text language sql immutable as $$
  select 'divisions/' || s.division || '/policyDocuments/' || s.policy_document || '/stages/' ||
         lower(s.stage::text)
$$;
create or replace function resource_name(i interpretation) returns text language sql immutable as $$
  select 'divisions/' || i.division || '/interpretations/' || i.interpretation
$$;
create or replace function resource_name(a activity) returns text language sql immutable as $$
  select 'divisions/' || a.division || '/activities/' || a.activity
$$;
create or replace function resource_name(b target_binding) returns text language sql immutable as $$
  select 'divisions/' || b.division || '/plans/' || b.plan || '/tasks/' || b.task ||
         '/targetBindings/' || b.clause
$$;

create or replace function resource_name(f evidence_file) returns text
language sql immutable as $$
  select 'divisions/' || f.division || '/units/' || f.unit || '/evidenceFiles/' || f.evidence_file
$$;

-- A row as the trail keeps it: persons masked, documents and encrypted contacts by their hash.
create or replace function audited(fact anyelement) returns jsonb language sql stable as $$
  select to_jsonb(fact)
$$;
create or replace function audited(a assignment) returns jsonb language sql stable as $$
  select to_jsonb(a) - 'contact_masked' - 'contact_sealed'
         || jsonb_build_object('contact', masked_contact(a),
                               'contact_sha256', case when a.contact_sealed = '' then ''
                                 else encode(sha256(a.contact_sealed), 'hex') end)
$$;
create or replace function audited(a amendment) returns jsonb language sql stable as $$
  select to_jsonb(a) - 'content'
         || jsonb_build_object('sha256', encode(sha256(a.content), 'hex'))
$$;
-- Without what follows from the other columns.
create or replace function audited(p policy_document) returns jsonb language sql stable as $$
  select to_jsonb(p) - 'number_key'
$$;
create or replace function audited(i interpretation) returns jsonb language sql stable as $$
  select to_jsonb(i) - 'address_keys'
$$;
create or replace function audited(f evidence_file) returns jsonb language sql stable as $$
  select to_jsonb(f) || jsonb_build_object('sha256', encode(f.sha256, 'hex'))
$$;
create or replace function audited(s plan_source) returns jsonb language sql stable as $$
  select jsonb_build_object('content_type', s.content_type, 'sha256', encode(s.sha256, 'hex'))
$$;

create or replace function audit() returns trigger language plpgsql as $$
declare
  call constant jsonb := nullif(current_setting('gongkai.call', true), '');
  entry audit_entry;
begin
  if tg_op = 'DELETE' then
    entry.resource := resource_name(old);
    entry.before := audited(old);
  else
    entry.resource := resource_name(new);
    entry.after := audited(new);
  end if;
  if tg_op = 'UPDATE' then
    entry.before := audited(old);
    select jsonb_object_agg(key, entry.before -> key), jsonb_object_agg(key, value)
      into entry.before, entry.after
    from jsonb_each(entry.after) where value is distinct from entry.before -> key;
    if entry.after is null then return null; end if;
  end if;
  insert into audit_entry (division, resource, action, actor, address, trace_id, method, before,
                           after)
  values (coalesce(substring(entry.resource from '^divisions/(\d+)')::int, 0), entry.resource,
          case tg_op when 'INSERT' then 'CREATE' else tg_op end::audit_action,
          coalesce(call ->> 'actor', 'database role ' || session_user),
          coalesce(call ->> 'address', ''), coalesce(call ->> 'trace_id', ''),
          coalesce(call ->> 'method', ''), entry.before, entry.after);
  return null;
end
$$;

do $$
declare audited_table regclass;
begin
  for audited_table in
    select c.oid from pg_proc p join pg_class c on c.reltype = p.proargtypes[0]
    where p.proname = 'resource_name' and p.pronamespace = current_schema()::regnamespace
  loop
    execute format('create or replace trigger audit after update or delete on %s
                    for each row execute function audit()', audited_table);
    -- What an import of history inserts stands in one entry for each plan, which the import writes.
    execute format('create or replace trigger audit_insert after insert on %s for each row
                    when (current_setting(''gongkai.history_import'', true) is distinct from ''on'')
                    execute function audit()', audited_table);
  end loop;
end
$$;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create or replace trigger append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
create or replace trigger append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_change();
create or replace trigger append_only before update or delete or truncate on transition
  for each statement execute function refuse_change();
create or replace trigger append_only before update or delete or truncate on reminder
  for each statement execute function refuse_change();
create or replace trigger append_only before update or delete or truncate
  on supervision_order_step for each statement execute function refuse_change();

create or replace trigger append_only before update or delete or truncate on contact_reveal
  for each statement execute function refuse_change();

create or replace function resource(e audit_entry) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/auditEntries/%s-%s', e.division, e.txid, e.seq),
    'entry_time', e.entry_time, 'resource', e.resource, 'action', e.action, 'actor', e.actor,
    'address', e.address, 'trace_id', e.trace_id, 'method', e.method, 'before', e.before,
    'after', e.after)
$$;
