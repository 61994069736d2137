import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpApp, createWorkerApp } from '@assay/platform';
import { DAY_MS } from '@assay/primitives';
import { createRng } from '@assay/quant';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ResearchModule, ResearchWorkerModule } from '../src/research.module';

export interface Answer<T = Record<string, any>> {
  status: number;
  headers: Record<string, unknown>;
  body: T;
}

export interface Caller {
  headers: Record<string, string>;
}

/** The more often a job was asked after, the less often it is: it needs the processor too. */
const POLL_MS = 20;
const MOST_POLL_MS = 100;
const MOST_POLLS = 1000;

/** The research service and its worker in this process, without ports, on the database that the environment names. */
export class ResearchHarness {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly running: INestApplication | null,
  ) {}

  /** @param worker false: jobs are left to worker processes */
  static async start({ worker: inProcess = true }: { worker?: boolean } = {}): Promise<ResearchHarness> {
    const app = await createHttpApp(ResearchModule, { service: 'research', globalPrefix: 'api', listen: false });
    const options = { service: 'research', events: false, listen: false } as const;
    const worker = inProcess ? await createWorkerApp(ResearchWorkerModule, options) : null;
    return new ResearchHarness(app, worker);
  }

  /** @throws Error when the worker runs in processes of its own */
  get worker(): INestApplication {
    if (!this.running) throw new Error('this harness has no worker');
    return this.running;
  }

  async close(): Promise<void> {
    await this.running?.close();
    await this.app.close();
  }

  as(caller: Caller): ResearchClient {
    return new ResearchClient(this.app, caller);
  }
}

const payloadOf = (body: unknown): string | Buffer =>
  body instanceof Uint8Array ? Buffer.from(body) : typeof body === 'string' ? body : JSON.stringify(body);

export class ResearchClient {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly caller: Caller,
  ) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.app.inject({
      method: method as 'GET',
      url: `/api${path}`,
      headers: {
        ...this.caller.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: payloadOf(body) }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    const { statusCode: status, headers: answered } = answer;
    return { status, headers: answered, body: isJson ? answer.json() : { text: answer.payload } };
  }

  /** The body of an answer that must be a success. */
  async ok(method: string, path: string, body?: unknown): Promise<Record<string, any>> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Starts a job and waits for its end: the job document. */
  async job(path: string, body: unknown = {}): Promise<Record<string, any>> {
    const { job_id: id } = await this.ok('POST', path, body);
    return this.ended(id);
  }

  /** The document of a job, once it has come to its end. */
  async ended(id: string): Promise<Record<string, any>> {
    for (let i = 0; i < MOST_POLLS; i++) {
      const job = await this.ok('GET', `/jobs/${id}`);
      if (['completed', 'failed', 'canceled'].includes(job.state)) return job;
      await sleep(Math.min(POLL_MS + i, MOST_POLL_MS));
    }
    throw new Error(`job ${id} did not end`);
  }

  /** Result of a job that must complete. */
  async result(path: string, body: unknown = {}): Promise<Record<string, any>> {
    const job = await this.job(path, body);
    if (job.state !== 'completed')
      throw new Error(`the job of POST ${path} ${job.state}: ${JSON.stringify(job.error)}`);
    return job.result;
  }
}

export interface MarketShape {
  bars: number;
  seed: number;
  /** Mean return per bar, as a fraction. */
  drift?: number;
}

/** Daily bars of a made-up random walk on weekdays, with an extra column `factor`, as CSV text. */
export function randomMarketCsv({ bars, seed, drift = 0.0004 }: MarketShape): string {
  const rng = createRng(seed);
  const lines = ['date,open,high,low,close,volume,factor'];
  let close = 100;
  let time = Date.UTC(2010, 0, 4);
  for (let i = 0; i < bars; i++) {
    const open = close * (1 + 0.002 * rng.normal());
    const factor = rng.normal();
    close = open * (1 + drift + 0.01 * rng.normal());
    const [high, low] = [Math.max(open, close) * 1.003, Math.min(open, close) * 0.997];
    lines.push([new Date(time).toISOString().slice(0, 10), open, high, low, close, 1000 + i, factor].join(','));
    do time += DAY_MS;
    while ([0, 6].includes(new Date(time).getUTCDay()));
  }
  return `${lines.join('\n')}\n`;
}

/** BUY above the average, SELL below it. */
export const AVERAGE_RULES = (feature: string) => ({
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: feature } }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<=', value: { field: feature } }] },
  ],
});

export interface SeededStrategy {
  id: string;
  featureId: string;
  signalId: string;
}

export const RULE_IDENTITY = '01890000-0000-7000-8000-000000000001';

/** A rule strategy on `symbol` with every part attached, still a draft. */
export async function seedRuleStrategy(api: ResearchClient, symbol: string, window = 20): Promise<SeededStrategy> {
  const name = `sma_${window}`;
  const feature = await api.ok('POST', '/features', { name, plugin: 'sma', params: { window } });
  const signal = await api.ok('POST', '/signals', {
    name: 'above the average',
    rule_tree: AVERAGE_RULES(name),
    position_mode: 'long_only',
  });
  const strategy = await api.ok('POST', '/strategies', {
    name: 'trend',
    universe: [symbol],
    source: 'test',
    timeframe: '1d',
    pipeline_config: {},
  });
  await api.ok('PATCH', `/strategies/${strategy.id}`, {
    version: 1,
    feature_ids: [feature.id],
    model_id: RULE_IDENTITY,
    signal_logic_id: signal.id,
  });
  return { id: strategy.id, featureId: feature.id, signalId: signal.id };
}

/** A logistic model of one average, and a strategy that is long above a chance of a half and short below. */
export async function seedLogisticStrategy(
  api: ResearchClient,
  symbol: string,
): Promise<{ modelId: string; strategyId: string }> {
  const feature = await api.ok('POST', '/features', { name: 'mean', plugin: 'sma', params: { window: 20 } });
  const model = await api.ok('POST', '/models', {
    ...{ name: 'odds', kind: 'logistic', feature_ids: [feature.id], refit: { every: 63, min_train: 100 } },
  });
  const rule = (operator: string) => ({ combinator: 'AND', rules: [{ field: 'prediction', operator, value: 0.5 }] });
  const groups = [
    { action: 'BUY', ...rule('>') },
    { action: 'SELL', ...rule('<=') },
  ];
  const signal = await api.ok('POST', '/signals', { name: 'odds', rule_tree: { groups }, position_mode: 'long_short' });
  const strategy = await api.ok('POST', '/strategies', {
    ...{ name: 'odds', universe: [symbol], source: 'test', timeframe: '1d', pipeline_config: {} },
  });
  await api.ok('PATCH', `/strategies/${strategy.id}`, {
    ...{ version: 1, feature_ids: [feature.id], model_id: model.id, signal_logic_id: signal.id },
  });
  return { modelId: model.id, strategyId: strategy.id };
}

/** Runs a backtest to its end and answers it. */
export async function backtest(
  api: ResearchClient,
  strategyId: string,
  more: object = {},
): Promise<Record<string, any>> {
  const { id } = await api.ok('POST', '/backtests', { strategy_id: strategyId, ...more });
  await api.result(`/backtests/${id}/execute`);
  return api.ok('GET', `/backtests/${id}`);
}

export async function importMarket(
  api: ResearchClient,
  symbol: string,
  shape: MarketShape,
): Promise<Record<string, any>> {
  return api.ok('POST', '/data/import', {
    source: 'test',
    symbol,
    timeframe: '1d',
    market: 'US',
    content: randomMarketCsv(shape),
    // every weekday, holidays too
    outside_sessions: 'keep',
    synthetic: true,
  });
}
