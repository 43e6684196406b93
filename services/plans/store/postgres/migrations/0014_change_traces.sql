-- In which trace a change was made, so that whoever applies it can tell which one it carries on.
alter table change add column traceparent text default
  nullif(nullif(current_setting('gongkai.call', true), '')::jsonb ->> 'traceparent', '');
