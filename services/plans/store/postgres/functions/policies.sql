-- Policy documents with their stages, interpretations and activities.

-- 三同步: what the stages of a document answer.
create or replace function three_sync(p policy_document) returns json language sql stable as $$
  with stage as (
    select s.stage,
           case when s.with_plan and s.with_material then 'YES' else 'NO' end as answer,
           json_build_object(
             'kind', s.stage, 'date', coalesce(s.stage_date, p.publish_date),
             'with_plan', s.with_plan, 'with_material', s.with_material, 'comment', s.comment,
             'recorder', s.recorder, 'record_time', s.record_time) as resource
    from policy_stage s
    where (s.division, s.policy_document) = (p.division, p.policy_document)
  ), answers as (
    select coalesce(json_agg(resource order by stage), '[]') as stages,
           coalesce(max(answer) filter (where stage = 'SUBMITTED'), 'UNKNOWN') as submitted,
           coalesce(max(answer) filter (where stage = 'APPROVED'), 'UNKNOWN') as approved,
           coalesce(max(answer) filter (where stage = 'PUBLISHED'), 'UNKNOWN') as deployed
    from stage
  )
  select json_build_object(
    'stages', stages, 'submitted_together', submitted, 'approved_together', approved,
    'deployed_together', deployed,
    'all_together', case when 'NO' in (submitted, approved, deployed) then 'NO'
                         when 'UNKNOWN' in (submitted, approved, deployed) then 'UNKNOWN'
                         else 'YES' end)
  from answers
$$;

create or replace function resource(p policy_document) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/policyDocuments/%s', p.division, p.policy_document),
    'title', p.title, 'document_number', p.document_number,
    'unit', format('divisions/%s/units/%s', p.division, p.unit),
    'issuing_level', p.issuing_level, 'publish_date', p.publish_date, 'disclosure', p.disclosure,
    'disclosure_reason', p.disclosure_reason, 'must_interpret', p.must_interpret,
    'create_time', p.create_time, 'revision', p.revision, 'issuer', p.issuer,
    'normative', p.normative, 'concerns_public', p.concerns_public,
    'must_interpret_by_rule', p.must_interpret_by_rule,
    'must_interpret_reason', p.must_interpret_reason,
    'interpretation_plan', p.interpretation_plan,
    'interpretation_material', p.interpretation_material, 'three_sync', three_sync(p),
    'etag', p.revision::text, 'update_time', coalesce(p.update_time, p.create_time),
    'delete_time', p.delete_time)
$$;

create or replace function resource(i interpretation) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/interpretations/%s', i.division, i.interpretation),
    'title', i.title, 'unit', format('divisions/%s/units/%s', i.division, i.unit),
    'form', i.form, 'interpreter', i.interpreter,
    'policy_documents', array(select format('divisions/%s/policyDocuments/%s', i.division, linked)
                              from unnest(i.policy_documents) as linked),
    'publish_date', i.publish_date, 'url', i.url, 'create_time', i.create_time,
    'revision', i.revision, 'repost_urls', i.repost_urls, 'pre_publication', i.pre_publication,
    'interpreter_post', i.interpreter_post, 'etag', i.revision::text,
    'update_time', coalesce(i.update_time, i.create_time), 'delete_time', i.delete_time)
$$;

create or replace function resource(a activity) returns json language sql stable as $$
  select json_build_object(
    'name', format('divisions/%s/activities/%s', a.division, a.activity), 'kind', a.kind,
    'units', array(select format('divisions/%s/units/%s', a.division, member)
                   from unnest(a.units) as member),
    'date', a.activity_date, 'title', a.title, 'participant_count', a.participant_count,
    'evidence', a.evidence, 'create_time', a.create_time, 'update_time', a.update_time,
    'delete_time', a.delete_time, 'etag', a.revision::text, 'revision', a.revision)
$$;

-- Of a document that must be interpreted, what was published about it: forms and first day.
create or replace function interpretation_state(p policy_document) returns json
language sql stable as $$
  select json_build_object(
    'policy_document', format('divisions/%s/policyDocuments/%s', p.division, p.policy_document),
    'title', p.title, 'document_number', p.document_number,
    'unit', format('divisions/%s/units/%s', p.division, p.unit),
    'issuing_level', p.issuing_level, 'publish_date', p.publish_date,
    'forms', coalesce(json_agg(distinct i.form) filter (where i.form is not null), '[]'),
    'first_interpretation_date', min(i.publish_date))
  from interpretation i
  where i.division = p.division and i.policy_documents @> array[p.policy_document]
    and i.delete_time is null
$$;
