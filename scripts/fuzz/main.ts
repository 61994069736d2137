import { join } from 'node:path';
import { Client } from 'pg';
import { readApiDocuments } from './api-documents';
import { changedTables, DatabaseDigest } from './database-digest';
import { curlOf, judge } from './judge';
import { randomOf } from './random';
import { Requests, resourceOf, type FuzzRequest } from './requests';
import { send, type FuzzAnswer } from './send';
import { buildWorld, type Actors, type KnownThings, type Urls } from './world';

export interface FuzzOptions {
  requests: number;
  seed: number;
  root: string;
}

export interface RunningStack {
  urls: Urls;
  adminKey: string;
  dbUrl: string;
  /** Ends what works beside the requests, so that only they change anything. */
  stopWorkers(): Promise<void>;
}

export interface Finding {
  n: number;
  kind: string;
  route: string;
  broken: string[];
  answer: string;
  curl: string;
}

export interface FuzzReport {
  seed: number;
  requests: number;
  statuses: Record<string, number>;
  kinds: Record<string, number>;
  /** Operations of the documents that answered with success at least once, of how many. */
  reached: [number, number];
  slowestMs: number;
  findings: Finding[];
}

/** Sends requests made from the seed, one after the other, and looks after each at the answer and at the database. */
export async function fuzz({ requests, seed, root }: FuzzOptions, stack: RunningStack): Promise<FuzzReport> {
  const documents = readApiDocuments(join(root, 'docs', 'openapi'));
  const { actors, things } = await buildWorld(stack.urls, stack.adminKey);
  await stack.stopWorkers();
  await meet(stack.urls, actors);
  const client = new Client({ connectionString: stack.dbUrl });
  await client.connect();
  try {
    const database = await DatabaseDigest.open(client);
    const maker = new Requests(documents, things);
    const report: FuzzReport = { seed, requests, statuses: {}, kinds: {}, reached: [0, 0], slowestMs: 0, findings: [] };
    const reached = new Set<string>();
    let before = await database.take();
    for (let n = 0; n < requests; n += 1) {
      const request = maker.make(n, randomOf(seed, n));
      const origin = new URL(stack.urls[request.operation.service as keyof Urls]).origin;
      authorize(request, actors);
      const answer = await send(origin, request);
      const broken = judge(request, answer, things.othersIds());
      const after = await database.take();
      if (answer.status >= 400) {
        const changed = changedTables(before, after);
        if (changed.length > 0) broken.push(`refused, and changed ${changed.join(', ')}`);
      } else if (answer.status > 0) {
        if (request.kind === 'valid') reached.add(`${request.method} ${request.operation.path}`);
        learn(request, answer, things);
      }
      before = after;
      count(report.statuses, String(answer.status));
      count(report.kinds, request.kind);
      report.slowestMs = Math.max(report.slowestMs, Math.round(answer.ms));
      if (broken.length > 0) report.findings.push(findingOf(request, answer, broken, origin));
    }
    report.reached = [reached.size, documents.operations.length];
    return report;
  } finally {
    await client.end();
  }
}

/**
 * Every key is used once before any is guessed: who was right is not held back by the wrong keys of the same address. And the thread that
 * describes has loaded what it needs, which takes long where the machine is busy.
 */
async function meet({ research, trade, portfolio }: Urls, actors: Actors): Promise<void> {
  for (const key of Object.values(actors) as string[]) {
    for (const url of [`${research}/auth/me`, `${trade}/auth/me`, `${portfolio}/weights`]) {
      await fetch(url, { headers: { 'x-api-key': key } });
    }
  }
  await fetch(`${research}/data/describe?symbol=FUZZ&timeframe=1d`, { headers: { 'x-api-key': actors.owner } });
}

function authorize(request: FuzzRequest, actors: Actors): void {
  const { actor, headers } = request;
  if (actor === 'nobody' || headers.authorization !== undefined || headers.cookie !== undefined) return;
  if (headers['x-api-key'] !== undefined) return;
  headers.authorization = `Bearer ${actor === 'stranger' ? `ak_${request.n}`.padEnd(46, 'q') : actors[actor]}`;
}

/** Everybody reads these, whoever made them. */
const SHARED = ['ticker-mappings'];
const ID_FIELDS = ['id', 'strategy_id', 'deployment_id', 'account_id', 'ticker_mapping_id'];

/** What was made can be asked for from then on. */
function learn({ operation, method, actor }: FuzzRequest, { status, body }: FuzzAnswer, things: KnownThings): void {
  if (method !== 'POST' || (status !== 201 && status !== 202) || (actor !== 'owner' && actor !== 'other')) return;
  const made = JSON.parse(body) as Record<string, unknown>;
  const resource = resourceOf(operation);
  if (typeof made.job_id === 'string') things.add('jobs', made.job_id, actor === 'other');
  const field = ID_FIELDS.find(
    (name) => typeof made[name] === 'string' && !(resource === 'backtests' && name !== 'id'),
  );
  if (status === 201 && field !== undefined && resource !== 'auth')
    things.add(resource, made[field], actor === 'other' && !SHARED.includes(resource));
}

function findingOf(request: FuzzRequest, answer: FuzzAnswer, broken: string[], origin: string): Finding {
  const { n, kind, operation } = request;
  return {
    n,
    kind,
    route: `${operation.method} ${operation.path}`,
    broken,
    answer: `${answer.status} ${answer.body.slice(0, 600)}`,
    curl: curlOf(origin, request),
  };
}

const count = (into: Record<string, number>, name: string): void => {
  into[name] = (into[name] ?? 0) + 1;
};

/** A table of what was sent and answered, then what is broken with the line that repeats it. */
export function reportText(report: FuzzReport): string {
  const table = (title: string, rows: Record<string, number>): string[] => [
    title,
    ...Object.entries(rows)
      .sort()
      .map(([name, value]) => `  ${name.padEnd(18)}${String(value).padStart(7)}`),
  ];
  const findings = report.findings.flatMap((found) => [
    `\n#${found.n} ${found.kind}: ${found.route}`,
    ...found.broken.map((one) => `  broken: ${one}`),
    `  answer: ${found.answer}`,
    `  ${found.curl}`,
  ]);
  return [
    ...table('requests', report.kinds),
    ...table('answers', report.statuses),
    `operations that answered with success: ${report.reached[0]} of ${report.reached[1]}`,
    `slowest answer: ${report.slowestMs} ms`,
    `broken: ${report.findings.length} of ${report.requests} (seed ${report.seed})`,
    ...findings,
  ].join('\n');
}
