import { importMarket, seedRuleStrategy } from '../test/research-harness';
import { useResearch } from '../test/use-research';

const IMPORTED = '018f3c1e-7b1a-7000-8000-000000000042';

describe('lists', () => {
  const research = useResearch();
  const ids: Record<string, string> = {};

  const items = async (path: string): Promise<any[]> => (await research.api.ok('GET', path)).items;
  const names = async (path: string): Promise<string[]> => (await items(path)).map(({ name }) => name);

  /** A strategy that is no more than its name and a symbol. */
  const strategy = async (name: string, symbol = 'WALK'): Promise<string> =>
    (
      await research.api.ok('POST', '/strategies', {
        ...{ name, universe: [symbol], timeframe: '1d', pipeline_config: {} },
      })
    ).id;

  beforeAll(async () => {
    const { api } = research;
    await importMarket(api, 'WALK', { bars: 400, seed: 3 });
    await importMarket(api, 'ÖMV', { bars: 100, seed: 4 });
    ids.first = (await seedRuleStrategy(api, 'WALK')).id;
    ids.percent = await strategy('100% of Ähren_1');
    ids.other = await strategy('Breakout', 'ÖMV');
    const substrategy = {
      id: 1,
      indicator: 'get_sma',
      signal_func: 'momentum_band_signal_long_only',
      data_column: 'v',
    };
    await api.ok('POST', '/strategies/import', {
      ...{ strategy_id: IMPORTED, name: 'an older document', version: 1, ticker: 'WALK', conjunction: 'AND' },
      ...{ trading_period: 252, substrategies: [{ ...substrategy, window: 50, signal: 0 }] },
    });
    for (const name of ['fast_mean', 'Slow_Mean'])
      await api.ok('POST', '/features', { name, plugin: 'sma', params: { window: 5 } });
    for (const id of [ids.first, IMPORTED]) await api.ok('POST', '/backtests', { strategy_id: id });
    await api.ok('DELETE', `/strategies/${ids.other}`);
  });

  it.each(['/strategies', '/backtests', '/features', '/signals', '/models', '/experiments', '/annotations'])(
    'of %s begin with the oldest, and with the newest where that is asked for',
    async (path) => {
      const oldest = await items(path);
      expect(await items(`${path}?order=oldest`)).toEqual(oldest);
      expect(await items(`${path}?order=newest`)).toEqual([...oldest].reverse());
      const wrong = await research.api.send('GET', `${path}?order=latest`);
      expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'order']);
    },
  );

  it('of strategies put an imported one where it came in, not where its document is from', async () => {
    expect((await items('/strategies?order=newest'))[0].id).toBe(IMPORTED);
    expect((await items('/strategies')).at(-1).id).toBe(IMPORTED);
  });

  it('find strategies by words in their names and symbols, in any order and any case, taken as they are', async () => {
    expect(await names('/strategies?q=BREAK')).toEqual(['Breakout']);
    expect(await names('/strategies?q=OLDER%20doc')).toEqual(['an older document']);
    expect(await names(`/strategies?q=${encodeURIComponent('ömv')}`)).toEqual(['Breakout']);
    expect(await names(`/strategies?q=${encodeURIComponent('ÄHREN')}`)).toEqual(['100% of Ähren_1']);
    expect(await names(`/strategies?q=${encodeURIComponent('0% o')}`)).toEqual(['100% of Ähren_1']);
    expect(await names(`/strategies?q=${encodeURIComponent('document  AN')}`)).toEqual(['an older document']);
    expect(await names(`/strategies?q=${encodeURIComponent('ömv break')}`)).toEqual(['Breakout']);
    expect(await names(`/strategies?q=${encodeURIComponent('ömv older')}`)).toEqual([]);
    for (const words of ['%', '_', '\\', "'"])
      expect([words, (await names(`/strategies?q=${encodeURIComponent(words)}`)).length]).toEqual([
        words,
        '%_'.includes(words) ? 1 : 0,
      ]);
  });

  it('go on after the cursor among what was found', async () => {
    const page = await research.api.ok('GET', '/strategies?q=walk&order=newest&limit=1');
    expect(page.items).toMatchObject([{ id: IMPORTED }]);
    const next = await research.api.ok('GET', `/strategies?q=walk&order=newest&limit=1&cursor=${page.next_cursor}`);
    expect(next.items).toMatchObject([{ id: ids.percent }]);
  });

  it('show strategies of a stage', async () => {
    expect((await items('/strategies?status=archived')).map(({ id }) => id)).toEqual([ids.other]);
    expect((await items('/strategies?status=open')).map(({ id }) => id)).toEqual([ids.first, ids.percent, IMPORTED]);
    expect(await items('/strategies?status=draft')).toHaveLength(3);
    expect(await items('/strategies?status=promoted')).toEqual([]);
  });

  it('find backtests by the name of their strategy', async () => {
    expect(await items('/backtests?q=OLDER')).toMatchObject([{ strategy_id: IMPORTED }]);
    expect(await items('/backtests?q=document%20older')).toMatchObject([{ strategy_id: IMPORTED }]);
    expect(await items('/backtests?q=document%20newer')).toEqual([]);
    expect(await items(`/backtests?q=older&strategy_id=${ids.first}`)).toEqual([]);
    expect(await items('/backtests?q=nothing')).toEqual([]);
  });

  it('find features, models and rules by their names', async () => {
    expect(await names('/features?q=slow_')).toEqual(['Slow_Mean']);
    expect(await names('/features?q=mean%20slow')).toEqual(['Slow_Mean']);
    expect(await names('/features?q=MEAN&order=newest')).toEqual(['Slow_Mean', 'fast_mean']);
    const models = await names('/models');
    expect(await names(`/models?q=${encodeURIComponent(models[0]!.toUpperCase())}`)).toContain(models[0]);
    expect(await names('/models?q=nothing')).toEqual([]);
    expect(await names('/signals?q=nothing')).toEqual([]);
  });

  it('find series by symbol, source, timeframe and market', async () => {
    const symbols = async (words: string) =>
      (await items(`/data/symbols?q=${encodeURIComponent(words)}`)).map(({ symbol }) => symbol);
    expect(await symbols('wal')).toEqual(['WALK']);
    expect(await symbols('ömv')).toEqual(['ÖMV']);
    expect(await symbols('nothing')).toEqual([]);
    expect((await symbols('1d')).length).toBe(2);
    expect(await symbols('1D wal')).toEqual(['WALK']);
    expect(await symbols('1h wal')).toEqual([]);
  });

  it('of jobs say what each is about', async () => {
    const { api } = research;
    const [backtest] = await items(`/backtests?strategy_id=${ids.first}`);
    const [feature] = await items('/features?q=slow');
    await api.ok('POST', `/backtests/${backtest.id}/execute`);
    await api.ok('POST', '/backtests/sweep', {
      ...{ strategy_id: ids.first, params: [{ path: 'features.0.params.window', values: [10, 15] }] },
    });
    await api.ok('POST', '/signals/generate', { strategy_id: ids.first });
    const series = { source: 'test', symbol: 'WALK', timeframe: '1d' };
    await api.ok('POST', `/features/${feature.id}/generate`, series);
    const about = new Map((await items('/jobs')).map((job) => [job.kind, job.about]));
    const { name } = await api.ok('GET', `/strategies/${ids.first}`);
    expect(Object.fromEntries(about)).toMatchObject({
      'backtest.execute': name,
      'backtest.sweep': name,
      'signal.generate': name,
      'feature.generate': 'Slow_Mean on WALK 1d from test',
    });
  });

  it('show nobody what another has', async () => {
    const stranger = await research.as('viewer', ['research:read']);
    for (const path of ['/strategies?q=break', '/backtests?q=older', '/features?q=mean', '/strategies?status=open'])
      expect((await stranger.ok('GET', path)).items).toEqual([]);
  });
});
