import { decodeTrialSeries, encodeTrialSeries } from '@assay/pipeline';
import {
  AVERAGE_RULES,
  backtest,
  importMarket,
  randomMarketCsv,
  type ResearchClient,
  seedRuleStrategy,
} from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';
import { unpackColumn } from './return-series';

const WINDOW = 'features.0.params.window';

describe('the trial ledger', () => {
  const research = useResearch();
  let api: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'WALK', { bars: 700, seed: 5 });
  });

  const trials = async (strategyId: string): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/experiments?strategy_id=${strategyId}&limit=1000`)).items;

  it('counts a configuration once, whatever engine, slice or repetition it is run with', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK');
    await backtest(api, id);
    await backtest(api, id, { engine: 'event' });
    await backtest(api, id, { start: '2011-06-01' });
    await backtest(api, id);
    expect(await trials(id)).toHaveLength(1);
  });

  it('counts none for a backtest that is repeated, which finds the same, bit for bit', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 77);
    const first = await backtest(api, id, { costs: { fee_bps: 3 }, start: '2011-06-01' });
    const result = await api.result(`/backtests/${first.id}/rerun`);
    expect(result).toMatchObject({
      ...{ metrics: first.metrics, result_hash: first.result_hash },
      rerun: { of: first.id, same_bars: true, same_result: true },
    });
    const again = await api.ok('GET', `/backtests/${result.backtest_id}`);
    expect(again).toMatchObject({ status: 'completed', result_hash: first.result_hash, rerun: result.rerun });
    expect(again.result_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(first.rerun).toBeNull();
    const other = await backtest(api, id, { costs: { fee_bps: 4 }, start: '2011-06-01' });
    expect(other.result_hash).not.toBe(first.result_hash);
    expect(await trials(id)).toHaveLength(2);
    const stranger = await research.as('trader', ['research:read', 'research:write']);
    expect((await stranger.send('POST', `/backtests/${first.id}/rerun`)).status).toBe(404);
    const { id: pending } = await api.ok('POST', '/backtests', { strategy_id: id });
    expect((await api.send('POST', `/backtests/${pending}/rerun`)).status).toBe(409);
  });

  it('counts other costs, each sweep cell and each candidate, but no cell that was tried before', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK');
    await backtest(api, id);
    await backtest(api, id, { costs: { fee_bps: 9 } });
    expect(await trials(id)).toHaveLength(2);
    const sweep = { strategy_id: id, params: [{ path: WINDOW, range: '10:30:5' }] };
    const swept = await api.result('/backtests/sweep', sweep);
    expect(swept).toMatchObject({ cells: 5, columns: [WINDOW, 'total_return', 'sharpe', 'max_drawdown'] });
    expect(swept.rows.map((row: number[]) => row[0])).toEqual([10, 15, 20, 25, 30]);
    // window 20 is the strategy itself
    expect(await trials(id)).toHaveLength(6);
    await api.result('/backtests/sweep', sweep);
    expect(await trials(id)).toHaveLength(6);
    const inverted = { groups: [...AVERAGE_RULES('sma_20').groups].reverse() };
    const searched = await api.result('/backtests/sweep', {
      strategy_id: id,
      candidates: [{ rule_tree: AVERAGE_RULES('sma_20') }, { rule_tree: inverted }],
    });
    expect(searched).toMatchObject({ cells: 2, trials: 7 });
  });

  it('counts clones with their origin, and other lineages only for the owner as a whole', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 33);
    await backtest(api, id);
    const clone = await api.ok('POST', `/strategies/${id}/clone`, {});
    await backtest(api, clone.id);
    expect(await trials(id)).toHaveLength(1);
    await api.result('/backtests/sweep', { strategy_id: clone.id, params: [{ path: WINDOW, values: [41] }] });
    expect(await trials(id)).toHaveLength(2);
    const { ledger } = await api.ok('GET', `/validation/strategies/${id}`);
    expect(ledger.now.trials).toBe(2);
    expect(ledger.now.owner_trials_on_this_data).toBeGreaterThan(2);
  });

  it('replaces the series when longer bars are tried, and counts nothing new', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 44);
    await backtest(api, id);
    const [before] = await trials(id);
    const content = randomMarketCsv({ bars: 720, seed: 5 });
    await api.ok('POST', '/data/import', {
      source: 'test',
      symbol: 'WALK',
      timeframe: '1d',
      market: 'US',
      content,
      outside_sessions: 'keep',
      synthetic: true,
    });
    await backtest(api, id);
    const after = await trials(id);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before!.id, observations: before!.observations + 20 });
    expect(after[0]!.data_fingerprint).not.toBe(before!.data_fingerprint);
  });

  it('keeps the bars of its trials once, and reads series that hold their own', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 66);
    await api.result('/backtests/sweep', { strategy_id: id, params: [{ path: WINDOW, values: [61, 62, 63] }] });
    const [a, b, c] = await trials(id);
    const { sql } = research;
    const { rows } = await sql.query(
      `SELECT series, observations, axis_sha256, open_times FROM research.trial JOIN research.trial_axis ON sha256 = axis_sha256
       WHERE id = ANY($1::uuid[])`,
      [[a!.id, b!.id, c!.id]],
    );
    expect(new Set(rows.map((row) => row.axis_sha256)).size).toBe(1);
    const before = await api.ok('GET', `/experiments/compare?ids=${a!.id},${b!.id}`);
    const openTimeMs = unpackColumn(rows[0].open_times, rows[0].observations);
    const { rows: one } = await sql.query('SELECT series FROM research.trial WHERE id = $1', [a!.id]);
    const old = encodeTrialSeries({ openTimeMs, returns: unpackColumn(one[0].series, openTimeMs.length) });
    expect(decodeTrialSeries(old).openTimeMs).toEqual(openTimeMs);
    await sql.query('UPDATE research.trial SET series = $2, axis_sha256 = NULL WHERE id = $1', [a!.id, old]);
    const after = await api.ok('GET', `/experiments/compare?ids=${a!.id},${b!.id}`);
    expect(after.correlation).toEqual(before.correlation);
    expect(before.correlation[0][1]).not.toBeNull();
    const sharpes = [a, b].map((trial) => trial!.metrics.sharpe_ratio as number);
    const drawdowns = [a, b].map((trial) => trial!.metrics.max_drawdown as number);
    expect(before.better).toMatchObject({ sharpe_ratio: 'higher', max_drawdown: 'lower' });
    expect(before.best.sharpe_ratio).toEqual([sharpes[0]! > sharpes[1]! ? a!.id : b!.id]);
    expect(before.best.max_drawdown).toEqual([drawdowns[0]! < drawdowns[1]! ? a!.id : b!.id]);
  });

  it('judges a walk-forward of another layout as information, not as evidence', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 55);
    await backtest(api, id);
    const other = await api.result('/validation/walk-forward', { strategy_id: id, folds: 3 });
    expect(other.folds).toHaveLength(3);
    expect(other.gates.exploratory.gates[0]).toMatchObject({ gate: 'walk_forward_sharpe', passed: null });
  });
});
