import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { eventually } from '@assay/testing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { priceStrategy, seedResults } from '../test/documents';
import type { Answer, TradeStack } from '../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../test/trade-stack';
import { buildTradeOpenApi } from './openapi';

jest.setTimeout(120_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

/** As JSON Schema that also refuses what is not documented. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, example: _example, exclusiveMinimum, exclusiveMaximum, ...rest } = node as Record<string, unknown>;
  const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(value)]));
  if (own.properties && own.additionalProperties === undefined) own.additionalProperties = false;
  if (exclusiveMinimum === true) own.exclusiveMinimum = own.minimum;
  if (exclusiveMaximum === true) own.exclusiveMaximum = own.maximum;
  return nullable === true ? { anyOf: [{ type: 'null' }, own] } : own;
}

describe('every answer is what the OpenAPI document says', () => {
  let trade: TradeStack;
  let api: OpenApi;
  const checked = new Set<string>();
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = (await buildTradeOpenApi()) as OpenApi;
    trade = await startTrade(testing);
    const dates = sessionsBefore('US', '2024-06-01', 12);
    await storeBars(trade.sql, { symbol: 'DOC', dates, closes: dates.map((_, i) => 100 + i) });
  });
  afterAll(() => trade?.close());

  const operationOf = (method: string, path: string): Operation => {
    const operation = api.paths[`/api/v1${path}`]?.[method.toLowerCase()];
    if (!operation) throw new Error(`${method} ${path} is not documented`);
    return operation;
  };

  /** Calls the documented route with the ids known so far. */
  async function call(method: string, path: string, body?: unknown, headers?: object): Promise<Answer> {
    const { responses } = operationOf(method, path);
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? name);
    const answer = await trade.call(method, url, body, { headers });
    const documented = responses[String(answer.status)];
    if (!documented) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    checked.add(`${method} ${path}`);
    const schema = documented.content?.['application/json']?.schema;
    if (!schema) {
      const types = Object.keys(documented.content ?? {});
      const given = answer.body === null ? [] : [String(answer.headers['content-type']).split(';')[0]];
      expect(types).toEqual(expect.arrayContaining(given));
      expect(answer.body === null).toBe(types.length === 0);
      return answer;
    }
    const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    const validate = ajv.compile({ ...(closed(schema) as object), components: closed(api.components) });
    validate(answer.body);
    expect({ route: `${method} ${path}`, errors: validate.errors }).toEqual({
      route: `${method} ${path}`,
      errors: null,
    });
    return answer;
  }

  it('strategies and results', async () => {
    const { body } = await call('POST', '/strategies', priceStrategy('DOC'));
    ids.strategyId = body.strategy_id;
    await call('POST', '/strategies', { ...priceStrategy('DOC'), strategy_id: body.strategy_id });
    await call('POST', '/strategies/{strategyId}/results', seedResults(body.strategy_id));
    await call('GET', '/strategies/{strategyId}/results');
    await call('GET', '/strategies');
    await call('GET', '/strategies/{strategyId}');
    await call('GET', '/strategies/{strategyId}/revisions');
    await call('PUT', '/strategies/{strategyId}', {
      ...priceStrategy('DOC'),
      strategy_id: body.strategy_id,
      version: 1,
    });
  });

  it('accounts and reference data', async () => {
    const { body } = await call('POST', '/accounts', { broker: 'FUTU', limits: { max_drawdown_pct: 20 } });
    ids.accountId = body.account_id;
    await call('GET', '/accounts');
    await call('GET', '/accounts/{accountId}');
    await call('POST', '/accounts/{accountId}/trading-state', { trading_state: 'ACTIVE', reason: 'test' });
    const mapping = { data_ticker: 'DOC', broker: 'FUTU', broker_ticker: 'US.DOC', market: 'US' };
    ids.id = (await call('POST', '/ticker-mappings', mapping)).body.ticker_mapping_id;
    await call('GET', '/ticker-mappings');
    await call('DELETE', '/ticker-mappings/{id}');
    await call('PUT', '/fx-rates', { currency: 'HKD', as_of: '2024-01-02', usd_per_unit: '0.128' });
    await call('PUT', '/instruments', {
      broker: 'FUTU',
      symbol: 'US.OTHER',
      market: 'US',
      currency: 'USD',
      lot: '1',
      tick: '0.01',
      min_qty: '1',
      min_notional: '0',
      shortable: true,
    });
  });

  it('a replay with its logs, orders and fills', async () => {
    const { body } = await call('POST', '/deployments', {
      strategy_id: ids.strategyId,
      broker: 'FUTU',
      ticker: 'DOC',
      qty: '10',
      market: 'US',
      account_id: ids.accountId,
      // one bar is left to be flattened at
      replay: { start: '2024-05-20', end: '2024-05-30' },
    });
    ids.deploymentId = body.deployment_id;
    ids.log = 'signals';
    const isReplayed = async (): Promise<boolean> =>
      (await trade.call('GET', `/deployments/${ids.deploymentId}`)).body.replay.state === 'completed';
    await eventually('the replay to end', isReplayed, 100_000);
    await call('GET', '/deployments');
    await call('GET', '/deployments/{deploymentId}');
    await call('GET', '/overview');
    for (const what of ['trades', 'signals', 'runs', 'orders', 'fills', 'profit']) {
      const page = await call('GET', `/deployments/{deploymentId}/${what}`);
      expect(page.body.items.length).toBeGreaterThan(0);
    }
    await call('GET', '/deployments/{deploymentId}/{log}/export');
    await call('POST', '/deployments/{deploymentId}/dry-run');
    await call('POST', '/deployments/{deploymentId}/flatten');
    await call('PATCH', '/deployments/{deploymentId}', { status: 'paused' });
    await call('DELETE', '/deployments/{deploymentId}');
  });

  it('a deployment in our time', async () => {
    const body = { strategy_id: ids.strategyId, broker: 'FUTU', ticker: 'DOC', sizing: { capital: '1000' } };
    const account = { account_id: ids.accountId, market: 'US', schedule: { cron: '0 18 * * 1-5', tz: 'Europe/Paris' } };
    ids.deploymentId = (await call('POST', '/deployments', { ...body, ...account })).body.deployment_id;
    await call('POST', '/deployments/{deploymentId}/run');
    await call('DELETE', '/deployments/{deploymentId}');
    await call('DELETE', '/strategies/{strategyId}');
    await call('PUT', '/me/trade-password', { new_password: `a password ${newId()}` });
  });

  it('and no route is without an answer in it', () => {
    const live = ['POST /deployments/{deploymentId}/confirm', 'POST /deployments/{deploymentId}/challenge'];
    const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [`${method.toUpperCase()} ${path.replace('/api/v1', '')}`, method, path]),
    );
    const own = routes.filter(([name]) => /strateg|deployment|account|mapping|fx-rate|instrument|password/.test(name!));
    expect(own.map(([name]) => name).filter((name) => !checked.has(name!))).toEqual(live.sort().reverse());
    for (const [name, method, path] of own) {
      const { responses } = api.paths[path!]![method!]!;
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const described = good.some(
        ([status, { content }]) => status === '204' || Object.values(content ?? {}).some(({ schema }) => schema),
      );
      expect({ name, described }).toEqual({ name, described: true });
      expect(Object.keys(responses.default?.content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('an object of another user is 404 on every route that names it', async () => {
    const named = Object.entries(api.paths).filter(([path]) => /\{(strategyId|deploymentId|accountId|id)\}/.test(path));
    const bodies: Record<string, object> = {
      'POST /strategies/{strategyId}/results': seedResults(ids.strategyId!),
      'PUT /strategies/{strategyId}': { ...priceStrategy('DOC'), strategy_id: ids.strategyId, version: 1 },
      'POST /accounts/{accountId}/trading-state': { trading_state: 'HALTED', reason: 'test' },
      'PATCH /deployments/{deploymentId}': { enabled: false },
      'POST /deployments/{deploymentId}/confirm': { challenge: 'c', trade_password: 'a password' },
    };
    const mapping = { data_ticker: 'D2', broker: 'FUTU', broker_ticker: 'US.D2', market: 'US' };
    ids.id = (await trade.call('POST', '/ticker-mappings', mapping)).body.ticker_mapping_id;
    const statuses: Record<string, number> = {};
    for (const [path, methods] of named) {
      const route = path.replace('/api/v1', '');
      const url = route.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]!);
      for (const method of Object.keys(methods)) {
        const name = `${method.toUpperCase()} ${route}`;
        statuses[name] = (await trade.call(method.toUpperCase(), url, bodies[name], { user: trade.other })).status;
      }
    }
    expect(Object.keys(statuses).length).toBeGreaterThan(20);
    // users are nobody's own: who is no administrator learns of none
    const ofAdministrators = 'PATCH /auth/users/{id}';
    expect(statuses[ofAdministrators]).toBe(403);
    delete statuses[ofAdministrators];
    expect(Object.entries(statuses).filter(([, status]) => status !== 404)).toEqual([]);
  });
});
