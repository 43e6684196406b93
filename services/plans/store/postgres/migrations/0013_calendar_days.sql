-- Events whose rule counts days of the calendar: then working_days is 0.
alter table task_event add column calendar_days int not null default 0;
