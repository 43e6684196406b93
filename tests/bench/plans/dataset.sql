-- A made-up province: :counties counties of :units units, :years plans each, with :tasks tasks that
-- every unit owes once. Straight into the tables, in the order of their keys and without the checks
-- of foreign keys: this is not what is measured.
set session_replication_role = replica;
set synchronous_commit = off;

insert into division (division, display_name, level, parent_division)
select 990000, '试验省', 'PROVINCE'::division_level, null::int
union all
select 990000 + n, '第' || n || '县', 'COUNTY'::division_level, 990000 from generate_series(1, :counties) n;

insert into unit (division, unit, display_name, kind, state)
select 990000 + c, u, '第' || u || '局', 'DEPARTMENT', 'ACTIVE'
from generate_series(1, :counties) c, generate_series(1, :units) u;

insert into plan (division, plan, title, document_number, year, issue_date, state, task_count, issues)
select 990000 + c, (1999 + y) * 100 + 1, '政务公开工作要点', '', 1999 + y, make_date(1999 + y, 1, 15),
       'ISSUED', :tasks, '[]'
from generate_series(1, :counties) c, generate_series(1, :years) y;

insert into task (division, plan, task, content)
select 990000 + c, (1999 + y) * 100 + 1, t,
       json_build_object('ordinal', t::text, 'title', '公开目录',
                         'requirement', repeat('按要求更新主动公开基本目录。', 8))
from generate_series(1, :counties) c, generate_series(1, :years) y, generate_series(1, :tasks) t;

insert into assignment (division, plan, task, unit, role, source_text, state, measures, section,
                        person, contact, claim_time, file_time)
select 990000 + c, (1999 + y) * 100 + 1, t, u, 'RESPONSIBLE', '县政府各部门', 'FILED',
       '每月核对一次目录，发现缺漏即补。', '办公室', '经办人', '13800001234', now(), now()
from generate_series(1, :counties) c, generate_series(1, :years) y, generate_series(1, :tasks) t,
     generate_series(1, :units) u;

insert into occurrence (division, plan, task, unit, role, occurrence, period, due_date, due_kind,
                        due_assumed)
select 990000 + c, (1999 + y) * 100 + 1, t, u, 'RESPONSIBLE', 1, (1999 + y)::text,
       make_date(1999 + y, 12, 31), 'FIXED', false
from generate_series(1, :counties) c, generate_series(1, :years) y, generate_series(1, :tasks) t,
     generate_series(1, :units) u;

-- As many changes as a busy province has in some months, for readers from a cold token.
insert into change (division, kind, resource, actor)
select o.division, 'occurrence', resource(o), 'clerk'
from occurrence o limit :changes;

vacuum analyze;
