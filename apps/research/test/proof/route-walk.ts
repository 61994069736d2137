import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { readApiDocuments } from '../../../../scripts/fuzz/api-documents';
import { randomOf } from '../../../../scripts/fuzz/random';
import { sampleOf } from '../../../../scripts/fuzz/samples';
import { Values } from '../../../../scripts/fuzz/values';
import type { Answer } from '../research-harness';
import { ACCEPTED_REQUESTS, type AcceptedRequest, type Subject } from './accepted-requests';
import { FORGED_FIELDS, FORGED_QUERY, forgedBodies } from './forged-fields';
import { claimsOf } from './proof-watch';
import { nameOf, type Route } from './router-routes';

/** What strategies are made of and found to be: a right request to each route of theirs is known, or the walk does not start. */
const OF_STRATEGIES =
  /^\/api\/(strategies|signals|features|models|backtests|validation|experiments|evidence|jobs|annotations)\b/;
const FORGED_NAMES = new Set(Object.keys(FORGED_FIELDS));
const UNKNOWN = '018f3c1e-7b1a-7000-8000-00000000dead';

/** Sends to the service; `route` is what it is about. */
export type Send = (
  route: Route,
  path: string,
  body: unknown,
  headers: Record<string, string>,
) => Promise<Pick<Answer, 'status' | 'body'>>;

export interface Walk {
  /** What was claimed after a request and not before it, with the route. */
  claims: string[];
  /** Problem codes by the routes that refused a right request. */
  refused: Record<string, string>;
  routes: number;
  sent: number;
  /** Forged bodies of which the refusal names a forged field: they came as far as the check of the body. */
  bodiesRead: number;
}

const documents = readApiDocuments(join(__dirname, '../../../../docs/openapi'));

/** The right request, then the same with each forged field, to every route; after each is asked what the database claims. */
export async function walkRoutes(routes: readonly Route[], subject: Subject, sql: Client, send: Send): Promise<Walk> {
  const unknown = routes.filter(
    (route) => route.method !== 'GET' && OF_STRATEGIES.test(route.path) && !ACCEPTED_REQUESTS[nameOf(route)],
  );
  if (unknown.length > 0) throw new Error(`a right request must be known to ${unknown.map(nameOf).join(', ')}`);
  const walk: Walk = { claims: [], refused: {}, routes: routes.length, sent: 0, bodiesRead: 0 };
  let before = await claimsOf(sql);
  for (const route of routes) {
    const name = nameOf(route);
    const isRead = route.method === 'GET';
    const made = async (): Promise<AcceptedRequest> =>
      (await ACCEPTED_REQUESTS[name]?.(subject)) ?? generated(route, subject);
    const forged = isRead ? [] : forgedBodies((await made()).body);
    for (const [i, body] of [undefined, ...forged, undefined].entries()) {
      const right = await made();
      // by itself: a query that no route takes is refused before the body is read
      const isQueryForged = i > forged.length;
      const path = withQuery(pathOf(route, subject, right.params), right.query, isQueryForged);
      const headers: Record<string, string> =
        right.contentType === undefined ? {} : { 'content-type': right.contentType };
      const answer = await send(route, path, withVersion(body, right.body) ?? right.body, headers);
      walk.sent += 1;
      if (i === 0 && ACCEPTED_REQUESTS[name] && answer.status >= 300) walk.refused[name] = answer.body.code;
      if (body !== undefined && namesForged(answer.body)) walk.bodiesRead += 1;
      await jobsToEnd(sql, name);
      const now = await claimsOf(sql);
      walk.claims.push(...[...now].filter((claim) => !before.has(claim)).map((claim) => `${name}: ${claim}`));
      before = now;
    }
  }
  return walk;
}

const namesForged = (problem: unknown): boolean => {
  const { errors } = (problem ?? {}) as { errors?: { field?: string }[] };
  return (errors ?? []).some(({ field }) => FORGED_NAMES.has(field?.split('.').at(-1) ?? ''));
};

const withQuery = (path: string, query: Record<string, string> = {}, isForged: boolean): string => {
  const asked = new URLSearchParams(isForged ? { ...query, ...FORGED_QUERY } : query).toString();
  return asked === '' ? path : `${path}?${asked}`;
};

/** A write in between has moved the version on. */
function withVersion(forged: unknown, right: unknown): unknown {
  const version = (right as { version?: number } | undefined)?.version;
  return forged === undefined || version === undefined ? forged : { ...(forged as object), version };
}

/** Of a route that has nothing of strategies: what its schema allows, as far as that says it. */
function generated(route: Route, { symbol }: Subject): AcceptedRequest {
  const operation = documents.operations.find(
    ({ service, method, path }) => service === 'research' && method === route.method && path === route.path,
  );
  if (!operation?.body) return {};
  const known = (name: string): string | undefined => (name === 'symbol' ? symbol : undefined);
  const sample = sampleOf(operation, known);
  return { body: sample ?? new Values(documents, known, randomOf(1, 1)).of('research', operation.body, 'body') };
}

function pathOf({ path }: Route, subject: Subject, params: Record<string, string> = {}): string {
  const [, , resource = ''] = path.split('/');
  const ids: Record<string, string> = {
    strategies: subject.id,
    validation: subject.id,
    annotations: subject.id,
    signals: subject.signalId,
    features: subject.featureId,
    models: subject.modelId,
    backtests: subject.backtestId,
    experiments: subject.experimentId,
    jobs: subject.sweepJobId,
  };
  const known: Record<string, string> = {
    id: ids[resource] ?? UNKNOWN,
    job_id: subject.sweepJobId,
    kind: 'strategy',
    ...params,
  };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? UNKNOWN);
}

/** A worker of trade asks feeds. */
const RUNNING = `SELECT kind, state FROM ops.job WHERE state NOT IN ('completed', 'failed', 'canceled') AND kind <> 'data.refresh'`;
const MOST_POLLS = 3_000;

async function jobsToEnd(sql: Client, route: string): Promise<void> {
  let running: unknown[] = [];
  for (let i = 0; i < MOST_POLLS; i++) {
    running = (await sql.query(RUNNING)).rows;
    if (running.length === 0) return;
    await sleep(20);
  }
  throw new Error(`jobs did not come to their end after ${route}: ${JSON.stringify(running)}`);
}
