// node walk.js ADDRESS DIVISION: one task's year over gRPC, from the addition of a unit to a
// verified occurrence and the feed that tells of it. Knows the protos and nothing else of Gongkai.
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { promisify } = require('node:util');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const PROTO = path.resolve(__dirname, '../../../proto');
const FILES = ['directory', 'plans', 'assignments', 'policies', 'change_feed']
  .map((name) => `gongkai/plans/v1/${name}.proto`);

function services(address) {
  const definition = loader.loadSync(FILES, {
    includeDirs: [PROTO, path.join(PROTO, 'node_modules/google-proto-files')],
    keepCase: true,
    enums: String,
    oneofs: true,
    defaults: true,
  });
  const { v1 } = grpc.loadPackageDefinition(definition).gongkai.plans;
  const credentials = grpc.credentials.createInsecure();
  const service = (name) => new v1[name](address, credentials);
  return Object.fromEntries(
    ['Directory', 'Plans', 'Assignments', 'Policies', 'ChangeFeed'].map((name) => [name, service(name)]));
}

// `call(service, 'ClaimAssignment', {name})`: the answer, or the error of grpc-js.
function call(service, method, request) {
  return promisify(service[method]).call(service, request);
}

// Every change behind the token up to the end of the feed.
function changes(feed, request) {
  return new Promise((resolve, reject) => {
    const all = [];
    feed.Watch({ ...request, until_current: true })
      .on('data', (batch) => all.push(...batch.changes))
      .on('error', reject)
      .on('end', () => resolve(all));
  });
}

async function walk(address, division) {
  const { Directory, Plans, Assignments, Policies, ChangeFeed } = services(address);

  const { units } = await call(Directory, 'BatchCreateUnits', {
    parent: division,
    units: [{ display_name: '县财政局', kind: 'DEPARTMENT' }],
  });
  const unit = units[0].name;

  const draft = await call(Plans, 'CreatePlan', {
    parent: division,
    parsed_plan: {
      title: '政务公开工作方案',
      year: 2026,
      tasks: [{
        ordinal: '1',
        title: '财政信息',
        requirement: '公布财政收支情况。',
        due: { kind: 'RECURRING', cadence: 'QUARTERLY' },
        units: [{ text: '县财政局', role: 'LEAD', kind: 'UNIT' }],
      }],
    },
  });
  assert.equal(draft.state, 'DRAFT');
  const plan = await call(Plans, 'IssuePlan', { name: draft.name, issue_date: '2026-01-15' });
  assert.equal(plan.state, 'ISSUED');

  const { assignments } = await call(Assignments, 'ListAssignments', {
    parent: `${plan.name}/tasks/-`, unit,
  });
  assert.equal(assignments.length, 1);
  const assignment = assignments[0].name;
  const claimed = await call(Assignments, 'ClaimAssignment', { name: assignment, request_id: 'claim-1' });
  assert.equal(claimed.state, 'CLAIMED');
  // The same request again is answered as the first time.
  assert.deepEqual(
    await call(Assignments, 'ClaimAssignment', { name: assignment, request_id: 'claim-1' }), claimed);
  const filed = await call(Assignments, 'FileMeasures', {
    name: assignment, measures: '每季度核对。', section: '办公室', person: '甲某', contact: '13800001234',
    etag: claimed.etag,
  });
  assert.equal(filed.state, 'FILED');
  assert.equal(filed.contact, '138******34');

  const { occurrences } = await call(Assignments, 'ListOccurrences', {
    parent: `${assignment.replace(/assignments\/.*/, 'assignments/-')}`, unit,
  });
  assert.deepEqual(occurrences.map(({ due_date }) => due_date),
    ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31']);
  const occurrence = occurrences[0].name;
  const report = (text) => call(Assignments, 'CreateProgressReport', {
    parent: occurrence,
    progress_report: { text, evidence: [{ url: 'https://www.example.gov.cn/1.html', title: '公布页' }] },
  });
  await report('已公布。');
  assert.equal((await call(Assignments, 'SubmitOccurrence', { name: occurrence })).state, 'SUBMITTED');
  assert.equal((await call(Assignments, 'ReturnOccurrence',
    { name: occurrence, comment: '请补充附表。' })).state, 'RETURNED');
  await report('附表已补充。');
  assert.equal((await call(Assignments, 'SubmitOccurrence', { name: occurrence })).state, 'SUBMITTED');
  const verified = await call(Assignments, 'VerifyOccurrence', { name: occurrence });
  assert.equal(verified.state, 'VERIFIED');
  assert.equal(verified.report_count, 2);
  await assert.rejects(call(Assignments, 'SubmitOccurrence', { name: occurrence }),
    { code: grpc.status.FAILED_PRECONDITION });

  const document = await call(Policies, 'CreatePolicyDocument', {
    parent: division,
    policy_document: {
      title: '关于公布补贴办法的通知', unit, issuing_level: 'UNIT', publish_date: '2026-03-02',
      disclosure: 'PROACTIVE', must_interpret: true,
    },
  });
  await call(Policies, 'CreateInterpretation', {
    parent: division,
    interpretation: {
      title: '解读补贴办法', unit, form: 'CHART', interpreter: 'PRINCIPAL_HEAD',
      policy_documents: [document.name], publish_date: '2026-03-03',
      url: 'https://www.example.gov.cn/2.html',
    },
  });

  // A consumer that begins now is told how everything stands.
  const known = new Map();
  for (const change of await changes(ChangeFeed, { division, snapshot: true })) {
    known.set(change[change.resource].name, change[change.resource]);
  }
  assert.deepEqual(known.get(occurrence), verified);
  assert.equal(known.get(assignment).contact, '', 'the feed tells a contact');
}

const [address, division] = process.argv.slice(2);
walk(address, division).then(
  () => { console.log('the walk is done'); process.exit(0); },
  (error) => { console.error(error); process.exit(1); });
