import { setTimeout as sleep } from 'node:timers/promises';
import { refusalOf, type Api } from './api';
import { seedDeployment, seedStrategy } from './cases';
import type { Demo } from './context';
import { compareBits, type BarBits } from './parity';
import { must, say } from './phases';
import type { CaseRun } from './research-case';
import { REPLAY_SESSIONS } from './research-phases';
import { table } from './table';

/** How long nothing may move: a slow machine needs longer for all of it. */
const STILL_MS = 120_000;
const POLL_MS = 250;

interface Deployment extends Record<string, unknown> {
  deployment_id: string;
  warnings: { code: string; message: string }[];
  replay?: { state: string; sessions_total: number; sessions_done: number; error?: string };
  position?: unknown;
}

interface Replayed {
  label: string;
  deployment: Deployment;
  symbol: string;
  /** Where the batch values come from; the seed's strategy gets its own backtest. */
  backtestId: string;
}

export async function deployPhases(demo: Demo): Promise<void> {
  const { runner, trade, portfolio, cases } = demo;
  const promoted = demo.verdicts.filter((v) => v.passed).map((v) => v.case);
  const deployable = Object.values(cases).filter((run) => promoted.includes(run.spec.key));
  const replayed: Replayed[] = [];

  await runner.run('register', 'Promotion events reach trade and portfolio', async (facts) => {
    for (const run of deployable) {
      const strategy = await eventually(`trade to register ${run.spec.key}`, async () => {
        const found = await trade.get<{ items: Record<string, unknown>[] }>('/strategies');
        return found.items.find((s) => s.strategy_id === run.strategyId);
      });
      facts[run.spec.key] = { revision: strategy.version, kind: strategy.kind };
    }
    const weights = await eventually('portfolio to weigh them', async () => {
      const answer = await portfolio.get<{ items: { name: string; weight: number }[] }>('/weights');
      return answer.items.length >= deployable.length ? answer.items : undefined;
    });
    facts.weights = weights;
    say(
      `trade registered ${deployable.map((run) => run.spec.key).join(' and ')}`,
      ...weights.map(({ name, weight }) => `portfolio weight ${weight.toFixed(3)}  ${name}`),
    );
  });

  await runner.run('seed-documents', "The trade API's example documents, sent unchanged", async (facts) => {
    await sendSeedDocuments(demo, facts);
  });

  await runner.run('deploy', 'Deploy on paper, over the last 250 sessions', async (facts) => {
    for (const run of deployable) replayed.push(await deployCase(demo, run));
    replayed.push(await deploySeedStrategyOnApple(demo));
    for (const { label, deployment } of replayed) {
      facts[label] = deployment.deployment_id;
      say(`${label}: ${deployment.deployment_id}${deployment.warnings.map((w) => ` [${w.code}]`).join('')}`);
    }
  });

  await runner.run('replay', 'Replay; the trade worker is killed and started again half-way', async (facts) => {
    await replayWithRestart(demo, replayed, facts);
  });

  await runner.run('execution', 'Orders, fills and log', async (facts) => {
    const rows = [];
    for (const { label, deployment } of replayed) {
      const path = `/deployments/${deployment.deployment_id}`;
      const orders = await everyItem(trade, `${path}/orders`);
      const fills = await everyItem(trade, `${path}/fills`);
      const log = await everyItem(trade, `${path}/trades`);
      const ids = new Set(orders.map((o) => o.client_order_id));
      must(ids.size === orders.length, `${label}: a client order id was used twice`);
      const count = (action: string): number => log.filter((row) => row.action === action).length;
      rows.push([label, orders.length, fills.length, count('BUY'), count('SELL'), count('HOLD'), count('REJECTED')]);
      facts[label] = { orders: orders.length, fills: fills.length, log: log.length };
    }
    say(...table(['deployment', 'orders', 'fills', 'BUY', 'SELL', 'HOLD', 'REJECTED'], rows));
  });

  await runner.run('proof', 'Proof: trade computed what the backtest computed, bit for bit', async (facts) => {
    for (const item of replayed) facts[item.label] = await prove(demo, item);
    if (demo.isShort) return;
    const { universe } = demo;
    must(universe !== undefined, 'the rotation was not judged');
    facts.universe = universe;
    say(
      `universe: ${universe.bars} sessions of all symbols one by one, state saved and read back, ${universe.values} weights compared as 64-bit patterns, all equal`,
    );
  });

  await runner.run(
    'live',
    'Live trading is refused without the hallmark, on synthetic bars and without an adapter',
    async (facts) => {
      await tryLive(demo, promoted, facts);
    },
  );
}

/** Two made-up sessions of the example's ticker. */
const WEAT = ['Date,Open,High,Low,Close,Volume', '2024-05-30,5,5.1,4.9,5,1000', '2024-05-31,5,5.2,4.9,5.1,1000'].join(
  '\n',
);

async function sendSeedDocuments(demo: Demo, facts: Record<string, unknown>): Promise<void> {
  const strategyId = demo.newId();
  const strategy = await demo.trade.post<{ warnings: { code: string }[] }>('/strategies', seedStrategy(strategyId));
  const deploymentId = demo.newId();
  const document = seedDeployment(deploymentId, strategyId);
  const refused = await refusalOf(demo.trade.post('/deployments', document));
  must(refused.problem.code === 'insufficient_data', `expected insufficient_data, was ${String(refused.problem.code)}`);
  say(`US.WEAT has no bars: ${String(refused.problem.detail)}`);
  await demo.research.post('/data/import', {
    symbol: 'WEAT',
    source: 'synthetic',
    timeframe: '1d',
    market: 'US',
    format: 'csv',
    adjust: 'none',
    synthetic: true,
    content: WEAT,
  });
  const deployment = await demo.trade.post<Deployment>('/deployments', document);
  must(deployment.deployment_id === deploymentId, 'the deployment did not keep its id');
  await demo.trade.post(`/deployments/${deploymentId}/run`);
  const row = await eventually(
    'the run to be logged',
    async () => (await everyItem(demo.trade, `/deployments/${deploymentId}/trades`))[0],
  );
  must(
    row.action === 'REJECTED' && row.reason_code === 'stale_data',
    `expected REJECTED stale_data, was ${String(row.action)} ${String(row.reason_code)}`,
  );
  facts.warnings = [...strategy.warnings, ...deployment.warnings].map((w) => w.code);
  facts.row = { action: row.action, reason_code: row.reason_code };
  say(`accepted with warnings ${(facts.warnings as string[]).join(', ')}`);
  say(`the bars of US.WEAT are old, so the run logged ${String(row.action)} ${String(row.reason_code)}`);
}

const replayRange = (sessions: string[]): { start: string; end: string } => ({
  start: sessions[sessions.length - REPLAY_SESSIONS],
  end: sessions[sessions.length - 1],
});

async function deployCase(demo: Demo, run: CaseRun): Promise<Replayed> {
  const { source, symbol } = run.spec.series;
  const deployment = await demo.trade.post<Deployment>('/deployments', {
    strategy_id: run.strategyId,
    broker: 'PAPER',
    ticker: symbol,
    sizing: { capital: 100000 },
    paper: true,
    market: 'US',
    schedule: 'daily_close',
    risk_limits: { max_position_usd: 250000 },
    replay: { ...replayRange(demo.sessions[symbol]), source },
  });
  return { label: run.spec.key, deployment, symbol, backtestId: run.backtests.vectorized.id };
}

/** The seed's strategy again, on a symbol that has bars: imported into research for its batch values, sent to trade as a plain document. */
async function deploySeedStrategyOnApple(demo: Demo): Promise<Replayed> {
  const strategyId = demo.newId();
  const document = { ...seedStrategy(strategyId), ticker: 'AAPL', trading_period: 252 };
  await demo.research.post('/strategies/import', { ...document, source: 'observable' });
  const backtest = await demo.research.post<{ id: string }>('/backtests', {
    strategy_id: strategyId,
    engine: 'vectorized',
  });
  await demo.research.job(`/backtests/${backtest.id}/execute`);
  await demo.trade.post('/strategies', document);
  const deployment = await demo.trade.post<Deployment>('/deployments', {
    ...seedDeployment(demo.newId(), strategyId),
    broker: 'PAPER',
    ticker: 'AAPL',
    risk_limits: { max_position_usd: 100000, max_daily_trades: 10, stop_loss_pct: 5.0 },
    replay: { ...replayRange(demo.sessions.AAPL), source: 'observable' },
  });
  return { label: 'seed strategy on AAPL', deployment, symbol: 'AAPL', backtestId: backtest.id };
}

async function replayWithRestart(demo: Demo, replayed: Replayed[], facts: Record<string, unknown>): Promise<void> {
  const { tradeWorker } = demo.stack.processes;
  const done = (): number[] => replayed.map((item) => item.deployment.replay?.sessions_done ?? 0);
  const read = async (): Promise<number[]> => {
    for (const item of replayed) {
      item.deployment = await demo.trade.get<Deployment>(`/deployments/${item.deployment.deployment_id}`);
      must(
        item.deployment.replay?.state !== 'failed',
        `${item.label}: ${item.deployment.replay?.error ?? 'replay failed'}`,
      );
    }
    return done();
  };
  const started = performance.now();
  const half = await eventually(
    'half of the sessions',
    async () => (Math.max(...(await read())) >= REPLAY_SESSIONS / 2 ? done() : undefined),
    () => done().join(', '),
  );
  const before = tradeWorker.pid;
  await tradeWorker.kill('SIGKILL');
  await tradeWorker.start();
  must(tradeWorker.pid !== before, 'the trade worker was not restarted');
  say(`killed at sessions ${half.join(', ')}; a new worker goes on from the database`);
  const all = await eventually(
    'every session',
    async () => {
      await read();
      return replayed.every((item) => item.deployment.replay?.state === 'completed') ? done() : undefined;
    },
    () => done().join(', '),
  );
  const total = all.reduce((a, b) => a + b, 0);
  const perSession = (performance.now() - started) / total;
  facts.sessions = total;
  facts.killed_at = half;
  facts.ms_per_session = Math.round(perSession * 10) / 10;
  say(`${total} sessions, ${perSession.toFixed(1)} ms each`);
}

async function prove(
  demo: Demo,
  { label, deployment, backtestId, symbol }: Replayed,
): Promise<Record<string, unknown>> {
  const { start, end } = replayRange(demo.sessions[symbol]);
  const batch = await demo.research.get<{ rows: BarBits[] }>(
    `/backtests/${backtestId}/signals?from=${start}&to=${end}`,
  );
  const streamed = (await everyItem(
    demo.trade,
    `/deployments/${deployment.deployment_id}/signals`,
  )) as unknown as BarBits[];
  const result = compareBits(batch.rows, streamed, REPLAY_SESSIONS);
  must(
    result.mismatches.length === 0,
    `${label}: ${result.mismatches.length} differences, first ${result.mismatches[0]}`,
  );
  say(`${label}: ${result.bars} sessions, ${result.values} values compared as 64-bit patterns, all equal`);
  return { bars: result.bars, values: result.values, mismatches: 0 };
}

async function tryLive(demo: Demo, promoted: string[], facts: Record<string, unknown>): Promise<void> {
  for (const run of [demo.cases.sp500, demo.cases.planted].filter((r) => promoted.includes(r.spec.key))) {
    const document = {
      strategy_id: run.strategyId,
      broker: 'PAPER',
      ticker: run.spec.series.symbol,
      qty: 1,
      paper: false,
      market: 'US',
      schedule: 'daily_close',
    };
    const refusal = await refusalOf(demo.trade.post('/deployments', document));
    must(
      refusal.problem.code === 'live_not_allowed',
      `a live deployment without an adapter must be refused, was ${String(refusal.problem.code)}`,
    );
    facts[run.spec.key] = { refused: refusal.problem.code, reasons: refusal.problem.reasons };
    say(`${run.spec.key}: ${String(refusal.problem.detail)}`);
  }
}

async function everyItem(api: Api, path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor: unknown;
  do {
    const query = `${path}?limit=500${cursor ? `&cursor=${encodeURIComponent(String(cursor))}` : ''}`;
    const page = await api.get<{ items: Record<string, unknown>[]; next_cursor?: unknown }>(query);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

/** Looks until there is an answer; what `progress` says must not stand still for long. */
async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  progress: () => string = () => '',
): Promise<T> {
  let [last, since] = ['', performance.now()];
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (progress() !== last) [last, since] = [progress(), performance.now()];
    if (performance.now() - since > STILL_MS)
      throw new Error(`waited for ${what}: nothing went on for ${STILL_MS / 1000} s${last && `, at ${last}`}`);
    await sleep(POLL_MS);
  }
}
