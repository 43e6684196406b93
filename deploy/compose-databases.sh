#!/bin/sh
# Run once by the image of PostgreSQL, when the volume of the database is new.
set -eu
psql -qX -v ON_ERROR_STOP=1 -U postgres \
  -v plans="$(cat /keys/plans.password)" -v reporting="$(cat /keys/reporting.password)" <<'SQL'
create role plans login password :'plans';
create role reporting login password :'reporting';
create database plans owner plans;
create database reporting owner reporting;
revoke connect on database plans, reporting from public;
SQL
