import { panelTimes, parseUniverseDocument } from '@assay/domain';
import { calendarFor, readBarsText } from '@assay/market-data';
import { alignBenchmark, checkFeature, configHash, runUniverseBacktest } from '@assay/pipeline';
import { syntheticUniverse } from '@assay/simulators';
import type { ResearchClient } from '../test/research-harness';
import { useResearch } from '../test/use-research';

const ID = '018f3c1e-7b1a-7000-8000-0000000000e1';
const MADE = syntheticUniverse({ seed: 7, symbols: 6, bars: 700 });
/** A member of which no bars are stored. */
const UNKNOWN = 'GONE';

const sent = (change: object = {}): Record<string, unknown> => ({
  ...{ kind: 'universe', strategy_id: ID, name: 'rotation', version: 1, trading_period: 252, market: 'US' },
  universe: [
    ...MADE.map(({ symbol, sector }) => ({ symbol, group: sector })),
    { symbol: UNKNOWN, group: 'none', spans: [{ from: '2011-01-03', to: '2011-12-30' }] },
  ],
  features: [{ name: 'momentum_63', plugin: 'momentum', plugin_version: '1', params: { window: 63 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'momentum_63', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
  ...change,
});

describe('a strategy over a universe', () => {
  const research = useResearch();
  let api: ResearchClient;
  const load = (symbol: string, content: string) =>
    api.ok('POST', '/data/import', {
      ...{ source: 'made', symbol, timeframe: '1d', market: 'US', format: 'csv', adjust: 'none', synthetic: true },
      content,
    });

  beforeAll(async () => {
    ({ api } = research);
    for (const { symbol, content } of MADE) await load(symbol, content);
  });

  async function refusal(method: string, path: string, body?: object): Promise<{ field: string }[]> {
    const { status, body: problem } = await api.send(method, path, body);
    expect(status).toBe(422);
    return problem.errors;
  }
  const imported = (change: object = {}) => api.ok('POST', '/strategies/import', { source: 'made', ...sent(change) });
  async function run(body: object = {}): Promise<Record<string, any>> {
    const { id } = await api.ok('POST', '/backtests', { strategy_id: ID, ...body });
    const job = await api.job(`/backtests/${id}/execute`);
    expect(job).toMatchObject({ state: 'completed' });
    return api.ok('GET', `/backtests/${id}`);
  }

  it('is imported, listed and exported as a whole', async () => {
    const made = await imported();
    const { document } = parseUniverseDocument(sent(), { checkFeature });
    expect(made).toMatchObject({ id: ID, kind: 'universe', status: 'draft', config_hash: configHash(document) });
    expect(made.universe).toEqual([...MADE.map(({ symbol }) => symbol), UNKNOWN]);
    expect(await api.ok('GET', `/strategies/${ID}/export`)).toEqual(document);
    expect((await imported({ name: 'another name' })).revision).toBe(1);
    expect((await imported({ trading_period: 260 })).revision).toBe(2);
    await imported();
  });

  it('gives the numbers of the pipeline, on both engines, with what each symbol made', async () => {
    const { document } = parseUniverseDocument(sent(), { checkFeature });
    const series = MADE.map(({ symbol, content }) => ({
      ...readBarsText(content).bars,
      symbol,
      timeframe: '1d' as const,
    }));
    const expected = runUniverseBacktest({
      document,
      series,
      calendar: calendarFor('US'),
      options: { capital: 100_000 },
    });
    const [a, b] = [await run(), await run({ engine: 'event' })];
    for (const [name, value] of Object.entries(expected.metrics)) {
      if (value === null) expect(a.metrics[name]).toBeNull();
      else {
        expect(a.metrics[name]).toBe(value);
        expect(Math.abs(b.metrics[name] - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
      }
    }
    expect(a.scored_from).toMatchObject({ index: 63, rule: 'lookback' });
    expect(a.data).toMatchObject({ source: 'made', bars: 700 });
    expect(a.data.series.map(({ symbol }: { symbol: string }) => symbol)).toEqual(MADE.map(({ symbol }) => symbol));
    const { items, absences } = await api.ok('GET', `/backtests/${a.id}/contributions`);
    const sum = items.reduce((total: number, one: { contribution: number }) => total + one.contribution, 0);
    expect(sum).toBeCloseTo(a.metrics.total_return, 9);
    expect(items.map(({ symbol }: { symbol: string }) => symbol)).toEqual(
      [UNKNOWN, ...MADE.map((m) => m.symbol)].sort(),
    );
    expect(absences.map(({ symbol }: { symbol: string }) => symbol)).toContain(UNKNOWN);
    expect(a.warnings.map(({ code }: { code: string }) => code)).toContain('symbols_without_bars');
    const trades = (await api.ok('GET', `/backtests/${a.id}/trades`)).items as { symbol: string; entry_time: string }[];
    expect(trades).toHaveLength(expected.trades.length);
    expect(trades.map(({ symbol }) => symbol)).toEqual(expected.trades.map(({ symbol }) => symbol));
    const curve = (await api.ok('GET', `/backtests/${a.id}/equity-curve`)).items as { equity: number }[];
    expect(curve.map(({ equity }) => equity)).toEqual([...expected.equity]);
    const intervals = await api.ok('GET', `/backtests/${a.id}/intervals?resamples=100`);
    const values = intervals.items.map((row: { metric: string; value: number | null }) => [row.metric, row.value]);
    expect(Object.fromEntries(values)).toEqual(a.metrics);
  });

  it('is told against stored bars and above a rate, and is the same trial', async () => {
    const { document } = parseUniverseDocument(sent(), { checkFeature });
    const series = MADE.map(({ symbol, content }) => ({
      ...readBarsText(content).bars,
      symbol,
      timeframe: '1d' as const,
    }));
    const trialsOf = async () =>
      ((await api.ok('GET', `/experiments?strategy_id=${ID}`)).items as { id: string; metrics: object }[]).map(
        ({ id, metrics }) => [id, metrics],
      );
    const plain = await run();
    const before = await trialsOf();
    const { symbol } = MADE[0];
    const made = await run({ benchmark: { symbol }, risk_free: { rate: 0.03 } });
    // every bar of one clock: the panel has the bars of the benchmark's own
    const times = panelTimes(document, series, calendarFor('US'));
    const options = {
      ...{ capital: 100_000, riskFree: 0.03 },
      benchmark: alignBenchmark(times, { closeMs: series[0].openTimeMs, close: series[0].close }),
    };
    const expected = runUniverseBacktest({ document, series, calendar: calendarFor('US'), options });
    expect(made.metrics).toEqual(expected.metrics);
    expect(made.benchmark_metrics).toEqual(expected.benchmark!.metrics);
    expect(made.benchmark).toMatchObject({ source: 'made', symbol, timeframe: '1d' });
    expect(made.risk_free).toEqual({ rate: 0.03 });
    expect(made.metrics.beta).not.toBe(plain.metrics.beta);
    const curve = (await api.ok('GET', `/backtests/${made.id}/equity-curve`)).items as { benchmark: number }[];
    expect(curve.at(-1)!.benchmark - 1).toBeCloseTo(made.benchmark_metrics.total_return, 10);
    const report = await api.ok('GET', `/backtests/${made.id}/report`);
    expect(report.backtest.benchmark_metrics).toEqual(made.benchmark_metrics);
    // the ledger keeps its one measure
    expect(await trialsOf()).toEqual(before);
    const unknown = await api.send('POST', '/backtests', { strategy_id: ID, benchmark: { symbol: 'NOBODY' } });
    expect(unknown.status).toBe(404);
  });

  it('is charged what its orders cost by their size, by kind, where it is all in', async () => {
    const costs = {
      fee_bps: 1,
      slippage_bps: 0,
      spread_bps: 0,
      per_share: 0.01,
      minimum_fee: 5,
      borrow_bps_per_year: 50,
    };
    const [a, b] = [await run({ mode: 'all_in', costs }), await run({ mode: 'all_in', costs, engine: 'event' })];
    expect(a.metrics.total_return).toBeCloseTo(b.metrics.total_return, 9);
    expect(a.costs).toMatchObject({ spread: 0, slippage: 0, borrow: 0, funding: 0, total: a.costs.fees });
    const { items } = await api.ok('GET', `/backtests/${a.id}/contributions`);
    const paid = items.reduce((sum: number, one: { costs: number }) => sum + one.costs, 0);
    expect(paid).toBeCloseTo(a.costs.total, 12);
    const plain = await run({ mode: 'all_in', costs: { fee_bps: 1, slippage_bps: 0, spread_bps: 0 } });
    expect(a.costs.total).toBeGreaterThan(plain.costs.total);
    expect((await refusal('POST', '/backtests', { strategy_id: ID, costs })).map(({ field }) => field)).toEqual([
      'costs.per_share',
    ]);
  });

  it('is run in the currency of an account, by stored rates of each currency', async () => {
    const lines = MADE[0].content.trimEnd().split('\n').slice(1);
    const dates = lines.map((line) => line.split(',')[0]);
    const first = new Date(Date.parse(dates[0]) - 86_400_000).toISOString().slice(0, 10);
    const rates = [first, ...dates].map((date, k) => `${date},${1.1 + k / 10_000}`);
    await api.ok('POST', '/data/import', {
      ...{ source: 'rates', symbol: 'EURUSD', timeframe: '1d', market: 'CRYPTO', format: 'csv', adjust: 'none' },
      content: `date,close\n${rates.join('\n')}\n`,
    });
    const id = ID.replace(/e1$/, 'e2');
    const quoted = (change: object[] = []) => ({
      ...sent({ strategy_id: id }),
      universe: [...MADE.map(({ symbol }, i) => ({ symbol, currency: i % 2 === 0 ? 'USD' : 'EUR' })), ...change],
    });
    await api.ok('POST', '/strategies/import', { source: 'made', ...quoted() });
    const asked = { strategy_id: id, account_currency: 'EUR' };
    const rate = { symbol: 'EURUSD', invert: true };
    const [plain, one, each] = [
      await run({ strategy_id: id }),
      await run({ ...asked, fx: rate }),
      await run({ ...asked, fx_rates: [{ currency: 'USD', ...rate }], engine: 'event' }),
    ];
    expect(one.fx).toMatchObject({ account_currency: 'EUR', source: 'rates', symbol: 'EURUSD', invert: true });
    expect(each.fx).toMatchObject({
      account_currency: 'EUR',
      rates: [{ currency: 'USD', symbol: 'EURUSD', fingerprint: one.fx.fingerprint }],
    });
    expect(each.metrics.total_return).toBeCloseTo(one.metrics.total_return, 9);
    expect(one.metrics.total_return).not.toBeCloseTo(plain.metrics.total_return, 4);
    const { items } = await api.ok('GET', `/backtests/${one.id}/contributions`);
    const paid = items.reduce((sum: number, { costs }: { costs: number }) => sum + costs, 0);
    expect(one.fx.price + one.fx.fx + one.fx.written_off - paid).toBeCloseTo(one.metrics.total_return, 9);
    for (const { symbol, price, fx, costs, contribution } of items) {
      expect(price + fx - costs).toBeCloseTo(contribution, 12);
      if (MADE.findIndex((made) => made.symbol === symbol) % 2 === 1) expect(fx).toBe(0);
    }
    const csv = String((await api.send('GET', `/backtests/${one.id}/contributions?format=csv`)).body.text);
    expect(csv.split('\n')[0]).toContain('costs,price,fx,trades');
    const page = String((await api.send('GET', `/backtests/${each.id}/report?format=html`)).body.text);
    expect(page).toContain('USD by rates EURUSD 1d');
    expect(page).toContain('By rates');
    // the ledger keeps the one trial in the currencies of the prices
    const trials = (await api.ok('GET', `/experiments?strategy_id=${id}`)).items as {
      metrics: { total_return: number };
    }[];
    expect(trials).toHaveLength(1);
    expect(trials[0].metrics.total_return).toBeCloseTo(plain.metrics.total_return, 12);
    const again = await api.result(`/backtests/${each.id}/rerun`, {});
    expect(again.rerun).toMatchObject({ same_bars: true, same_result: true });
    const refused = async (body: object): Promise<string[]> =>
      (await refusal('POST', '/backtests', body)).map(({ field }) => field);
    expect(await refused({ ...asked, fx_rates: [{ currency: 'HKD', ...rate }] })).toEqual(['fx_rates']);
    expect(await refused({ ...asked, fx_rates: [{ currency: 'EUR', ...rate }] })).toEqual(['fx_rates[0].currency']);
    expect(await refused({ ...asked, fx: rate, fx_rates: [{ currency: 'USD', ...rate }] })).toEqual(['fx']);
    expect(await refused({ strategy_id: id, fx_rates: [{ currency: 'USD', ...rate }] })).toEqual(['account_currency']);
    // rates that begin after the bars, named with the symbol and its date
    await api.ok('POST', '/data/import', {
      ...{ source: 'late', symbol: 'EURUSD', timeframe: '1d', market: 'CRYPTO', format: 'csv', adjust: 'none' },
      content: `date,close\n${rates.slice(300).join('\n')}\n`,
    });
    const late = await api.ok('POST', '/backtests', { ...asked, fx: { ...rate, source: 'late' } });
    const job = await api.job(`/backtests/${late.id}/execute`);
    expect(job).toMatchObject({ state: 'failed' });
    expect(job.error.errors[0]).toMatchObject({ field: 'fx', rule: 'known' });
    expect(job.error.detail).toContain(
      `fx of ${[MADE[0].symbol, MADE[2].symbol, MADE[4].symbol].sort()[0]} must have a rate`,
    );
  });

  it('gives contributions and trades as tables, by symbol', async () => {
    const { id } = await run();
    const csv = async (what: string): Promise<string[]> =>
      String((await api.send('GET', `/backtests/${id}/${what}?format=csv`)).body.text)
        .trim()
        .split('\n');
    expect((await csv('contributions'))[0]).toBe('symbol,group,contribution,pnl,costs,trades,bars_held,bars_missing');
    expect((await csv('contributions')).length).toBe(8);
    expect((await csv('trades'))[0]).toMatch(/^symbol,side,entry_time/);
  });

  it('has a report, with the contributions in place of prices, and the months of its market', async () => {
    const { id } = await run();
    const report = await api.ok('GET', `/backtests/${id}/report`);
    const { items, absences } = await api.ok('GET', `/backtests/${id}/contributions`);
    expect(report).toMatchObject({ universe: { contributions: items, absences }, prices: null });
    expect(report.synthetic).toEqual(MADE.map(({ symbol }) => symbol));
    expect(report.calendar).toEqual(await api.ok('GET', `/backtests/${id}/calendar-returns`));
    const year = report.calendar.years.reduce((value: number, one: { return: number }) => value * (1 + one.return), 1);
    expect(year - 1).toBeCloseTo(report.backtest.metrics.total_return, 9);
    expect(report.notes.join(' ')).not.toContain('their prices are not drawn');
    const page = String((await api.send('GET', `/backtests/${id}/report?format=html`)).body.text);
    expect(page).toContain('aria-label="Part of the total return by symbol"');
  });

  it('knows its bars: a corrected one of any symbol is other data', async () => {
    const before = await run();
    const lines = MADE[0].content.trimEnd().split('\n');
    const last = lines.at(-1)!.split(',');
    await load(MADE[0].symbol, [lines[0], [...last.slice(0, 5), Number(last[5]) + 1].join(',')].join('\n'));
    const after = await run();
    expect(after.fingerprint).not.toBe(before.fingerprint);
    await load(MADE[0].symbol, [lines[0], last.join(',')].join('\n'));
    expect((await run()).fingerprint).toBe(before.fingerprint);
  });

  it('refuses what it has no use for, and belongs to its owner alone', async () => {
    const refused = async (path: string, body: object): Promise<string[]> =>
      (await refusal('POST', path, body)).map(({ field }) => field);
    const feature = { name: 'momentum_63', plugin: 'momentun', plugin_version: '1', params: {} };
    expect(await refused('/strategies/import', sent({ features: [feature] }))).toEqual(['features[0].plugin']);
    expect(await refused('/backtests', { strategy_id: ID, risk_free: {} })).toEqual(['risk_free']);
    const version = (await api.ok('GET', `/strategies/${ID}`)).version;
    const patched = await refusal('PATCH', `/strategies/${ID}`, { version, pipeline_config: { mode: 'all_in' } });
    expect(patched).toEqual([expect.objectContaining({ field: 'pipeline_config.mode', rule: 'managed_by_document' })]);
    const { id } = await run();
    expect(await refusal('GET', `/backtests/${id}/signals`)).toHaveLength(1);
    const other = await research.as();
    for (const path of [`/strategies/${ID}`, `/strategies/${ID}/export`, `/backtests/${id}/contributions`])
      expect((await other.send('GET', path)).status).toBe(404);
  });

  it('needs bars of the market that it names', async () => {
    await imported({ market: 'GB' });
    expect(await refusal('POST', '/backtests', { strategy_id: ID })).toEqual([
      expect.objectContaining({ field: 'market', rule: 'stored_market', value: 'GB' }),
    ]);
    await imported();
  });

  it('is judged like any other: walk-forward, CPCV, gates, and a promotion that says why it cannot be', async () => {
    await run();
    const walk = await api.result('/validation/walk-forward', { strategy_id: ID });
    expect(walk.folds).toHaveLength(5);
    const crossed = await api.result('/validation/cpcv', { strategy_id: ID });
    expect(crossed).toMatchObject({ summary: { splits: 15, paths: 5 } });
    const { gates, ledger } = await api.ok('GET', `/validation/strategies/${ID}`);
    expect(ledger.now.trials).toBeGreaterThanOrEqual(1);
    const of = (gate: string) => gates.default.gates.find((one: { gate: string }) => one.gate === gate);
    expect(of('look_ahead_audit')).toMatchObject({ passed: true, value: 0 });
    expect(of('warm_up_audit')).toMatchObject({ passed: true });
    expect(of('walk_forward_sharpe').value).toBe(walk.summary.mean_oos_sharpe);
    expect(of('cpcv_sharpe').value).toBe(crossed.summary.mean_oos_sharpe);
    const { status, body } = await api.send('POST', `/strategies/${ID}/promote`, {});
    expect([status, body.code, body.detail]).toEqual([
      409,
      'not_deployable',
      expect.stringContaining('deployment group'),
    ]);
    const { checklist } = await api.ok('GET', `/strategies/${ID}/status`);
    const missing = checklist.filter(({ passed }: { passed: boolean }) => !passed);
    expect(missing.map(({ item }: { item: string }) => item)).toEqual(['status_validated']);
  });
});
