-- Each batch that tells something has a number, and every division that it touches keeps the number
-- of the last one. A process that holds cells in memory asks which divisions have a higher number
-- than its own, and reads those only.

alter table projection
  add epoch text not null default gen_random_uuid(), -- of this building: its numbers mean nothing to another
  add version bigint not null default 1, -- of the last batch
  add directory_version bigint not null default 1; -- of the last one with a division or a plan

create table division_version (
  division int primary key,
  version bigint not null
) with (fillfactor = 50);
insert into division_version select distinct division, 1 from division;

-- While a new version of the program is rolled out, an old one that gives no numbers must not write:
-- others would go on answering with what they hold.
create function numbered_batches() returns trigger language plpgsql as $$
begin
  if new.applied_changes <> old.applied_changes and new.version = old.version then
    raise exception 'a batch without a number: an older version of the program has applied it';
  end if;
  return new;
end $$;
create trigger numbered_batches before update on projection
  for each row execute function numbered_batches();
