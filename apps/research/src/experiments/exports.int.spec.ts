import { canQueryParquet, queryParquet } from '@assay/testing';
import { backtest, importMarket, seedRuleStrategy, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';
import { Artifacts } from '../artifacts/artifacts';

const WINDOW = 'features.0.params.window';

describe('what was tried and generated as files', () => {
  const research = useResearch();
  let strategyId: string;
  let featureId: string;
  let dataset: Record<string, any>;

  const bytesOf = async (path: string, client: ResearchClient = research.api): Promise<Buffer> => {
    const { headers } = (client as unknown as { caller: { headers: Record<string, string> } }).caller;
    const answer = await research.harness.app.inject({ method: 'GET', url: `/api${path}`, headers });
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.payload]).toEqual([200, '']);
    return answer.rawPayload;
  };

  beforeAll(async () => {
    const { api } = research;
    await importMarket(api, 'WALK', { bars: 400, seed: 3 });
    ({ id: strategyId, featureId } = await seedRuleStrategy(api, 'WALK'));
    await backtest(api, strategyId);
    await api.result('/backtests/sweep', { strategy_id: strategyId, params: [{ path: WINDOW, values: [10, 15, 25] }] });
    const request = { source: 'test', symbol: 'WALK', timeframe: '1d' };
    dataset = await api.result(`/features/${featureId}/generate`, request);
  });

  it('the ledger as CSV has every trial, metrics in columns', async () => {
    const { items } = await research.api.ok('GET', '/experiments?limit=1000');
    expect(items).toHaveLength(4);
    const [head, ...lines] = (await bytesOf('/experiments/export')).toString('utf8').trimEnd().split('\n');
    const columns = head!.split(',');
    // parameters are JSON, with commas of their own, and stand behind the metrics
    const at = (name: string): number => columns.indexOf(name);
    expect(
      lines.map((line) => line.split(',')).map((cells) => [cells[at('id')], cells[at('metrics.total_return')]]),
    ).toEqual(items.map((item: any) => [item.id, String(item.metrics.total_return)]));
    const swept = (await bytesOf(`/experiments/export?origin=sweep&strategy_id=${strategyId}`)).toString('utf8');
    expect(swept.trimEnd().split('\n')).toHaveLength(
      1 + items.filter(({ origin }: { origin: string }) => origin === 'sweep').length,
    );
  });

  (canQueryParquet ? it : it.skip)('as Parquet they hold the bits and the JSON of the lists', async () => {
    const { items } = await research.api.ok('GET', '/experiments?limit=1000');
    const trials = await queryParquet(
      await bytesOf('/experiments/export?format=parquet'),
      (table) => `SELECT id, "metrics.total_return" AS value, sharpe_per_bar, params FROM ${table}`,
    );
    expect(trials.map((row) => [row.id, row.value, row.sharpe_per_bar, JSON.parse(row.params as string)])).toEqual(
      items.map((item: any) => [item.id, item.metrics.total_return, item.sharpe_per_bar, item.params]),
    );
    const path = `/features/${featureId}/datasets/${dataset.dataset_id}/export`;
    const rows = await queryParquet(await bytesOf(`${path}?format=parquet`), (table) => `SELECT * FROM ${table}`);
    expect(rows).toHaveLength(dataset.rows);
    expect(rows.slice(0, 19).every(({ value }) => value === null)).toBe(true);
    const dated = rows.slice(-10).map(({ date, value }) => ({
      time: new Date((date as { days: number }).days * 86_400_000).toISOString(),
      value,
    }));
    expect(dated).toEqual(dataset.preview);
    const [head, first] = (await bytesOf(path)).toString('utf8').split('\n');
    expect([head, first]).toEqual(['date,value', '2010-01-04,']);
  });

  it('datasets are profiled from the store by a thread, however many ask: none is loaded in the process that answers', async () => {
    const loaded = [jest.spyOn(Artifacts.prototype, 'get'), jest.spyOn(Artifacts.prototype, 'getValue')];
    const path = `/features/${featureId}/datasets/${dataset.dataset_id}/profile`;
    const answers = await Promise.all(Array.from({ length: 12 }, () => research.api.ok('GET', `${path}?rows=10`)));
    const { summary, preview, rows } = dataset;
    for (const profile of answers) {
      expect(profile).toMatchObject({
        ...{ dataset_id: dataset.dataset_id, column: 'sma_20', rows, count: summary.count, missing: summary.missing },
        ...{ min: summary.min, max: summary.max, tail: preview },
      });
      expect(profile.mean).toBeCloseTo(summary.mean, 9);
      expect(profile.quantiles.p50).toBeCloseTo(summary.quantiles['0.5'], 9);
      expect(profile.histogram.counts.reduce((sum: number, n: number) => sum + n, 0)).toBe(summary.count);
    }
    for (const spy of loaded) expect(spy).not.toHaveBeenCalled();
    jest.restoreAllMocks();
    expect((await research.api.send('GET', `${path}?bins=501`)).body.errors[0].field).toBe('bins');
  });

  it('are their owner’s alone', async () => {
    const other = await research.as('trader', ['research:read']);
    expect((await bytesOf('/experiments/export', other)).toString('utf8').trimEnd().split('\n')).toHaveLength(1);
    for (const path of [
      `/experiments/export?strategy_id=${strategyId}`,
      `/features/${featureId}/datasets/${dataset.dataset_id}/export`,
      `/features/${featureId}/datasets/${dataset.dataset_id}/profile`,
    ])
      expect((await other.send('GET', path)).status).toBe(404);
    const { status } = await research.api.send('GET', `/features/${strategyId}/datasets/${dataset.dataset_id}/export`);
    expect(status).toBe(404);
    expect((await research.api.send('GET', '/features/x/datasets/y/export')).status).toBe(422);
  });
});
