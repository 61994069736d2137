import { jobDocuments } from '@assay/contracts';
import { backtest, importMarket, seedRuleStrategy, type ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';
import { MarketData } from '../market-data';

describe('corporate actions', () => {
  const research = useResearch();
  let api: ResearchClient;
  let trader: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    trader = await research.as('trader', ['research:read', 'data:write']);
  });

  // 2 for 1 on 2024-01-04, and a dividend of 0.5 on 2024-01-05
  const RAW =
    'date,open,high,low,close,volume\n2024-01-02,98,101,97,98,10\n2024-01-03,99,101,98,100,10\n2024-01-04,50,52,49,50,30\n2024-01-05,50,51,49,50,20\n';
  const LIST = [
    { ex_date: '2024-01-04', kind: 'split', value: 2 },
    { ex_date: '2024-01-05', kind: 'dividend', value: 0.5 },
  ];
  const imports = (symbol: string, more: object = {}) =>
    api.ok('POST', '/data/import', { source: 'test', symbol, timeframe: '1d', market: 'US', content: RAW, ...more });
  const seen = async (symbol: string, adjustment: string, column: 'close' | 'volume' = 'close'): Promise<number[]> =>
    (await api.ok('GET', `/data/bars?symbol=${symbol}&timeframe=1d&adjustment=${adjustment}`)).items.map(
      (bar: Record<'close' | 'volume', number>) => bar[column],
    );

  it('are shown in three views, are listed, and are taken back', async () => {
    const { fingerprint } = await imports('VIEWS');
    const done = await api.ok('POST', '/data/actions', { source: 'test', symbol: 'VIEWS', actions: LIST });
    expect(done).toMatchObject({ added: 2, changed: 0, removed: 0, unchanged: 0 });
    expect(done.series).toMatchObject([{ timeframe: '1d', bars: 3, without_effect: [], quality: { errors: [] } }]);
    expect(await seen('VIEWS', 'none')).toEqual([98, 100, 50, 50]);
    expect(await seen('VIEWS', 'splits')).toEqual([49, 50, 50, 50]);
    expect(await seen('VIEWS', 'splits', 'volume')).toEqual([20, 20, 30, 20]);
    expect(await seen('VIEWS', 'adj_close')).toEqual([48.51, 49.5, 49.5, 50]);
    expect(await seen('VIEWS', 'adj_close', 'volume')).toEqual([10, 10, 30, 20]);
    const again = await trader.ok('POST', '/data/actions', { source: 'test', symbol: 'VIEWS', actions: LIST });
    expect(again).toMatchObject({ added: 0, unchanged: 2, series: [{ bars: 0, quality: null }] });
    const page = await api.ok('GET', '/data/actions?symbol=VIEWS&source=test&limit=1');
    expect(page.items).toMatchObject([{ ...LIST[0], available_at: null }]);
    const rest = await api.ok('GET', `/data/actions?symbol=VIEWS&cursor=${page.next_cursor}`);
    expect(rest).toMatchObject({ items: [LIST[1]], next_cursor: null });
    for (const { id } of [...page.items, ...rest.items]) {
      expect((await trader.send('DELETE', `/data/actions/${id}`)).status).toBe(403);
      await api.ok('DELETE', `/data/actions/${id}`);
    }
    const { items } = await api.ok('GET', '/data/symbols');
    expect(items).toContainEqual(expect.objectContaining({ symbol: 'VIEWS', adjusted: false, fingerprint }));
  });

  it('come as a file too, before any bars, and are changed by whom bars are corrected by', async () => {
    const file = 'date,kind,value\n2024-01-04,split,2\n2024-01-05,dividend,0.5\n';
    const csv = { 'content-type': 'text/csv' };
    const sent = await trader.send('POST', '/data/actions?source=test&symbol=FILE', file, csv);
    expect([sent.status, sent.body]).toMatchObject([200, { added: 2, series: [] }]);
    await imports('FILE');
    expect(await seen('FILE', 'adj_close')).toEqual([48.51, 49.5, 49.5, 50]);
    const wrong = { source: 'test', symbol: 'FILE', content: file.replace('split,2', 'split,4') };
    const refused = await trader.send('POST', '/data/actions', wrong);
    expect([refused.status, refused.body.missing_scopes]).toEqual([403, ['data:correct']]);
    expect(await api.ok('POST', '/data/actions', wrong)).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await seen('FILE', 'splits')).toEqual([24.5, 25, 50, 50]);
  });

  it('are described in their views, and make longer bars under their source of the same kind', async () => {
    const weeks = RAW.replace('2024-01-05', '2024-01-12').replace('2024-01-04', '2024-01-08');
    const sessions = ['2024-01-04', '2024-01-05', '2024-01-09', '2024-01-10', '2024-01-11'];
    const more = sessions.map((date) => `${date},${date < '2024-01-08' ? '100,100,100,100' : '50,50,50,50'},10`);
    const content = [weeks.split('\n')[0], ...[...weeks.trim().split('\n').slice(1), ...more].sort()].join('\n');
    await imports('WEEKS', { content });
    const actions = [{ ex_date: '2024-01-08', kind: 'split', value: 2 }];
    await api.ok('POST', '/data/actions', { source: 'test', symbol: 'WEEKS', actions });
    const mean = async (adjustment: string): Promise<number> => {
      const { columns } = await api.ok('GET', `/data/describe?symbol=WEEKS&timeframe=1d&adjustment=${adjustment}`);
      return columns.find(({ column }: { column: string }) => column === 'close').mean;
    };
    expect(await mean('splits')).toBeCloseTo((49 + 8 * 50) / 9, 12);
    expect(await mean('none')).toBeCloseTo((98 + 3 * 100 + 5 * 50) / 9, 12);
    const resample = { symbol: 'WEEKS', source: 'test', timeframe: '1d', to: '1w' };
    await api.ok('POST', '/data/resample', { ...resample, into: 'test' });
    const views = async (from: string, adjustment: string) => {
      const path = `/data/bars?symbol=WEEKS&source=${from}&timeframe=1w&adjustment=${adjustment}`;
      const { status, body } = await api.send('GET', path);
      return status === 200 ? body.items.map(({ close }: { close: number }) => close) : status;
    };
    expect([await views('test', 'none'), await views('test', 'splits')]).toEqual([
      [100, 50],
      [50, 50],
    ]);
    await api.ok('POST', '/data/resample', resample);
    const apart = 'resampled.1d.test';
    expect([await views(apart, 'adj_close'), await views(apart, 'splits')]).toEqual([[50, 50], 409]);
  });

  it('and the factors of an adjusted close exclude each other', async () => {
    const rows = RAW.trim().split('\n');
    const content = rows.map((row, i) => `${row},${i === 0 ? 'adj close' : i < 3 ? 49 : 50}`).join('\n');
    await imports('EITHER', { content, adjust: 'adj_close' });
    const refused = await api.send('POST', '/data/actions', { source: 'test', symbol: 'EITHER', actions: LIST });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    const view = await api.send('GET', '/data/bars?symbol=EITHER&timeframe=1d&adjustment=splits');
    expect([view.status, view.body.code]).toEqual([409, 'conflict']);
    await imports('EITHER', { content });
    await api.ok('POST', '/data/actions', { source: 'test', symbol: 'EITHER', actions: LIST });
    const body = { source: 'test', symbol: 'EITHER', timeframe: '1d', market: 'US', content, adjust: 'adj_close' };
    expect((await api.send('POST', '/data/import', body)).status).toBe(409);
  });

  it('come of the columns of a file, with its bars or by a job', async () => {
    const content = RAW.trim()
      .split('\n')
      .map((row, i) => `${row},${['dividends,stock splits', '0,0', '0,0', '0,2', '0.5,0'][i]}`)
      .join('\n');
    const body = { source: 'test', symbol: 'COLUMNS', timeframe: '1d', market: 'US', actions: 'from_columns' };
    const first = await trader.ok('POST', '/data/import', { ...body, content });
    expect(first).toMatchObject({ inserted: 4, extra_columns: [], actions: { added: 2, changed: 0, unchanged: 0 } });
    expect(jobDocuments('data.import_file').result.parse(first)).toEqual(first);
    expect(await seen('COLUMNS', 'adj_close')).toEqual([48.51, 49.5, 49.5, 50]);
    expect(await trader.ok('POST', '/data/import', { ...body, content })).toMatchObject({
      ...{ unchanged: 4, fingerprint: first.fingerprint },
      actions: { added: 0, changed: 0, unchanged: 2 },
    });
    const paid = content.replace('0.5,0', '0.25,0');
    expect((await trader.send('POST', '/data/import', { ...body, content: paid })).status).toBe(403);
    const query = new URLSearchParams({ ...body, symbol: 'JOB', background: 'true' }).toString();
    const { body: accepted } = await api.send('POST', `/data/import?${query}`, content, { 'content-type': 'text/csv' });
    const { state, result } = await api.ended(accepted.job_id);
    expect([state, result.fingerprint, result.actions]).toEqual(['completed', first.fingerprint, first.actions]);
    const plain = { ...body, symbol: 'PLAIN', actions: 'none', content };
    expect(await api.ok('POST', '/data/import', plain)).toMatchObject({
      ...{ extra_columns: ['dividends', 'stock_splits'], actions: null },
    });
  });

  it('change a history that was pinned, and taken back are that history again', async () => {
    await importMarket(api, 'HISTORY', { bars: 400, seed: 5 });
    const { id } = await seedRuleStrategy(api, 'HISTORY');
    await backtest(api, id);
    const [{ history_anchor: anchor }] = (await api.ok('GET', `/strategies/${id}/revisions`)).items.slice(-1);
    const market = research.harness.app.get(MarketData, { strict: false });
    const check = (): Promise<void> => market.assertHistory(anchor, 'HISTORY', '1d');
    await check();
    const actions = [{ ex_date: '2011-01-04', kind: 'dividend', value: 3 }];
    await api.ok('POST', '/data/actions', { source: 'test', symbol: 'HISTORY', actions });
    await expect(check()).rejects.toMatchObject({ code: 'history_changed' });
    const [action] = (await api.ok('GET', '/data/actions?symbol=HISTORY')).items;
    await api.ok('DELETE', `/data/actions/${action.id}`);
    await check();
  });
});
