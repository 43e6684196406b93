-- When divisions and units are valid, and who took over from them. A unit of no dates was always
-- there and still is.
alter table division
  add valid_from date, add valid_until date, add successors int[] not null default '{}',
  add constraint division_validity check (valid_until >= valid_from);
alter table unit
  add valid_from date, add valid_until date, add successors int[] not null default '{}',
  add constraint unit_validity check (valid_until >= valid_from),
  add constraint unit_successors check (valid_until is not null or successors = '{}');
alter table unit_group add revision int not null default 1;
