create or replace function resource(w webhook) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/webhooks/%s', w.division, w.webhook),
    'display_name', w.display_name, 'url', w.url, 'kinds', w.kinds, 'digest', w.digest,
    'state', w.state, 'create_time', w.create_time, 'etag', w.revision::text,
    'revision', w.revision)
$$;

create or replace function resource(d webhook_delivery) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/webhooks/%s/deliveries/%s-%s', d.division, d.webhook, d.txid,
                   d.seq),
    'event_id', format('v1.%s.%s', d.txid, d.seq), 'kind', d.kind, 'subject', d.subject,
    'state', d.state, 'attempt_count', d.attempt_count, 'last_outcome', d.last_outcome,
    'create_time', d.create_time, 'next_attempt_time', d.next_attempt_time)
$$;

create or replace function resource_name(w webhook) returns text language sql immutable as $$
  select 'divisions/' || w.division || '/webhooks/' || w.webhook
$$;
