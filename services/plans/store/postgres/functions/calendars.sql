create or replace function resource(c calendar) returns json language sql stable as $$
  select json_build_object(
    'name', 'calendars/' || c.year, 'notices', c.notices, 'days_off', c.days_off,
    'make_up_days', c.make_up_days, 'update_time', c.update_time, 'etag', c.revision::text,
    'revision', c.revision)
$$;
