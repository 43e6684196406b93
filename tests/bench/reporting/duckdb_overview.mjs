// duckdb_overview.mjs FOLDER YEAR DATE TIMES: loads occurrence.csv, assignment.csv and plan.csv of
// the folder into DuckDB and prints, as JSON, how many milliseconds the overview takes in the
// median.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, year, date, times] = process.argv.slice(2);
const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
for (const table of ['occurrence', 'assignment', 'plan']) {
  await connection.run(
    `create table ${table} as select * from read_csv('${folder}/${table}.csv', header = true)`);
}
const sql = readFileSync(new URL('./figures_group_by.sql', import.meta.url), 'utf8')
  .replaceAll('$1', year)
  .replaceAll('$2', `date '${date}'`);
const milliseconds = [];
for (let i = 0; i < Number(times); ++i) {
  const begin = performance.now();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  milliseconds.push(performance.now() - begin);
  if (rows.length === 0) throw new Error('DuckDB counted nothing');
}
milliseconds.sort((one, other) => one - other);
console.log(JSON.stringify({ median: milliseconds[Math.floor(milliseconds.length / 2)] }));
