import type { ApiDocuments, Operation, Parameter } from './api-documents';
import type { Random } from './random';
import { hostile, mutated, textOf, Values, Verbatim } from './values';
import { sampleOf } from './samples';
import type { Actors, KnownThings } from './world';

export type Actor = keyof Actors | 'nobody' | 'stranger';

export interface FuzzRequest {
  n: number;
  /** How it was made. */
  kind: string;
  operation: Operation;
  actor: Actor;
  method: string;
  /** Path and query, behind the service's origin. */
  target: string;
  headers: Record<string, string>;
  body?: string;
}

const WRONG_PATHS = [
  '%',
  '%00',
  '%E0%A4%A',
  '%2e%2e%2f',
  '..',
  '',
  '%F0%9F%9A%80',
  'x'.repeat(600),
  'null',
  '0',
  '%27',
  '%5Cud800',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'];

const WRONG_HEADERS: readonly ((random: Random) => Record<string, string>)[] = [
  () => ({ 'content-type': 'text/plain' }),
  () => ({ 'content-type': 'text/csv' }),
  () => ({ 'content-type': 'application/json; charset=utf-16' }),
  () => ({ 'content-type': 'multipart/form-data; boundary=x' }),
  () => ({ 'content-type': '' }),
  () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
  () => ({ 'content-encoding': 'gzip' }),
  () => ({ 'if-match': '"99999999999"' }),
  () => ({ 'if-match': 'W/"1-zz"' }),
  () => ({ 'if-match': '*' }),
  () => ({ 'if-none-match': '*' }),
  () => ({ 'idempotency-key': 'x'.repeat(2_000) }),
  (random) => ({ 'idempotency-key': random.hex(8) }),
  () => ({ 'x-request-id': "x' or 1=1" }),
  () => ({ accept: 'text/csv;q=x, */*;q=2' }),
  () => ({ origin: 'https://elsewhere.example', cookie: 'assay_token=a.b.c' }),
  () => ({ cookie: `assay_token=${'x'.repeat(3_000)}` }),
  () => ({ 'x-api-key': 'ak_'.padEnd(46, 'z') }),
  () => ({ authorization: 'Bearer' }),
  () => ({ authorization: `Bearer ${'é'.repeat(20)}` }),
  () => ({ expect: '100-continue' }),
  () => ({ 'x-http-method-override': 'DELETE' }),
  () => ({ 'last-event-id': '-1' }),
];

const WRONG_BODIES = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '1',
  '{"a":1}{',
  '\ufeff{}',
  '{"a":1,"a":2}',
  '<xml/>',
  '{"a":'.repeat(30_000),
  `[${'[],'.repeat(50_000)}[]]`,
];

/** What the ids in a path or a field are of. */
const KIND_OF_FIELD: Record<string, string> = {
  strategy_id: 'strategies',
  strategyId: 'trade-strategies',
  deploymentId: 'deployments',
  deployment_id: 'deployments',
  accountId: 'accounts',
  account_id: 'accounts',
  feature_id: 'features',
  feature_ids: 'features',
  model_id: 'models',
  signal_logic_id: 'signals',
  backtest_id: 'backtests',
  backtest_ids: 'backtests',
  ids: 'experiments',
  job_id: 'jobs',
  subject_id: 'backtests',
};
const WORDS: Record<string, string> = {
  symbol: 'FUZZ',
  ticker: 'FUZZ',
  source: 'fuzz',
  timeframe: '1d',
  data_symbol: 'FUZZ',
};

/** `/api/features/{id}` -> `features`. */
export const resourceOf = ({ service, path }: Operation): string => {
  const [resource = ''] = path.replace(/^\/api(\/v1)?\//, '').split('/');
  if (service === 'trade' && resource === 'strategies') return 'trade-strategies';
  return path.includes('/data/quality') ? 'quality' : resource;
};

export class Requests {
  constructor(
    private readonly documents: ApiDocuments,
    private readonly things: KnownThings,
  ) {}

  make(n: number, random: Random): FuzzRequest {
    const operation = random.pick(this.documents.operations);
    const resource = resourceOf(operation);
    const known = (name: string): string | undefined => {
      if (WORDS[name] !== undefined) return WORDS[name];
      const kind = name === 'id' ? resource : KIND_OF_FIELD[name];
      const isTraded = operation.service === 'trade' && kind === 'strategies';
      return kind === undefined ? undefined : this.things.pick(isTraded ? 'trade-strategies' : kind, random);
    };
    const values = new Values(this.documents, known, random);
    const request: FuzzRequest = {
      n,
      kind: 'valid',
      operation,
      actor: random.chance(0.8) ? 'owner' : random.pick(['other', 'viewer', 'admin'] as const),
      method: operation.method,
      target: '',
      headers: {},
    };
    const given = (parameter: Parameter): unknown =>
      parameter.name === 'If-Match'
        ? `"${1 + random.below(2)}"`
        : values.of(operation.service, parameter.schema, parameter.name);
    const parameters = new Map(
      operation.parameters
        .filter(({ required }) => required || random.chance(0.5))
        .map((parameter) => [parameter, given(parameter)]),
    );
    const sample = random.chance(0.6) ? sampleOf(operation, known) : undefined;
    let body: unknown = sample ?? (operation.body && values.of(operation.service, operation.body, 'body'));
    const way = random.next();
    if (way < 0.3 && body !== undefined) {
      request.kind = 'wrong body';
      for (let i = 0; i <= random.below(3); i += 1) body = mutated(body, random);
    } else if (way < 0.45 && operation.parameters.length > 0) {
      request.kind = 'wrong parameter';
      parameters.set(random.pick(operation.parameters), hostile(random));
    } else if (way < 0.52) {
      request.kind = 'wrong caller';
      request.actor = random.pick(['nobody', 'stranger', 'viewer', 'other'] as const);
    } else if (way < 0.58) {
      request.kind = 'wrong method';
      request.method = random.pick(METHODS);
    } else if (way < 0.68) {
      request.kind = 'wrong header';
      Object.assign(request.headers, random.pick(WRONG_HEADERS)(random));
    } else if (way < 0.73 && operation.body) {
      request.kind = 'wrong text';
      body = new Verbatim(random.pick(WRONG_BODIES));
    }
    request.target = this.targetOf(operation, parameters, random, request);
    for (const [parameter, value] of parameters) {
      if (parameter.in === 'header') request.headers[parameter.name.toLowerCase()] ??= headerText(value);
    }
    if (body !== undefined || (request.method !== 'GET' && random.chance(0.2))) {
      request.headers['content-type'] ??= 'application/json';
      request.body = textOf(body ?? {});
      if (request.headers['content-type'] === '') delete request.headers['content-type'];
    }
    return request;
  }

  private targetOf(
    operation: Operation,
    parameters: Map<Parameter, unknown>,
    random: Random,
    request: FuzzRequest,
  ): string {
    let path = operation.path;
    const query: string[] = [];
    for (const [parameter, value] of parameters) {
      const text = encodeURIComponent(plainText(value)).slice(0, 6_000);
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, text);
      if (parameter.in === 'query') query.push(`${parameter.name}=${text}`);
    }
    if (request.kind === 'valid' && random.chance(0.06)) {
      request.kind = 'wrong path';
      const parts = path.split('/');
      parts[1 + random.below(parts.length - 1)] = random.pick(WRONG_PATHS);
      path = parts.join('/');
    }
    if (random.chance(0.03))
      query.push(random.pick(['unknown=1', 'limit=1&limit=2', 'a[b]=c', '%00=1', 'limit=%00', '__proto__=1', '=']));
    return query.length > 0 ? `${path}?${query.join('&')}` : path;
  }
}

/** A text without what an address cannot carry at all. */
const plainText = (value: unknown): string => {
  const text = typeof value === 'string' ? value : textOf(value);
  return text.replace(/[\ud800-\udfff]/g, '\ufffd').slice(0, 2_500);
};
const headerText = (value: unknown): string =>
  plainText(value)
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 1_000);
