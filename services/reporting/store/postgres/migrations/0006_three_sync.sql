-- Documents say whether their interpretation came with them. The feed tells it: every document
-- counts as older than what it tells next. Its earlier versions stay.

alter table policy_document add three_sync boolean not null default false;

update policy_document set revision = 0 where known_to = 'infinity';
update projection set resume_token = '';
