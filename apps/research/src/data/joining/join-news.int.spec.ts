import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../../../../cli/src/fixtures/in-process';
import { backtest, importMarket, randomMarketCsv, type ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const MARKET = { bars: 120, seed: 4 };
/** Known in the session, in the evening after it, at a weekend, and one that is revised. */
const NEWS = [
  'published_at,available_at,symbols,headline,url',
  '2010-02-03T15:00:00Z,,NEWS,Profit surges on strong demand,',
  '2010-02-10T22:00:00Z,,NEWS,Shares plunge after profit warning,',
  '2010-02-20T12:00:00Z,,NEWS,Bank denies fraud,https://news.example/1',
  '2010-02-20T12:00:00Z,2010-02-23T15:00:00Z,NEWS,Bank admits fraud,https://news.example/1',
  '2010-02-03T15:00:00Z,,OTHER,Bankruptcy,',
].join('\n');

describe('POST /data/join of news', () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-news-'));
  const research = useResearch();
  let api: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'NEWS', MARKET);
    await api.ok('POST', '/data/news/import', { source: 'wire', content: NEWS });
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const body = (news: object[], more: object = {}) => ({
    symbol: 'NEWS',
    timeframe: '1d',
    source: 'test',
    news,
    ...more,
  });
  const measures = ['sentiment', 'momentum', 'divergence', 'count'];
  const all = measures.map((measure) => ({ measure, window: '5d', half_life: '1d' }));
  const barsOf = async (source: string): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/data/bars?symbol=NEWS&timeframe=1d&source=${source}&limit=1000`)).items;
  const at = (bars: Record<string, any>[], date: string): any =>
    bars.find((bar) => String(bar.date ?? bar.open_time ?? bar.time).startsWith(date));

  it('puts beside each bar what was known at its close, as the command line does', async () => {
    const answer = await api.ok('POST', '/data/join', body(all));
    expect(answer).toMatchObject({
      ...{ source: 'joined.test', bars: 120, joined: [] },
      extra_columns: ['factor', ...measures.map((one) => `news_${one}`)],
    });
    expect(answer.news[0]).toMatchObject({
      ...{ column: 'news_sentiment', measure: 'sentiment', source: null, symbol: 'NEWS', news: 4 },
      ...{ first: '2010-02-03T00:00:00.000Z', fingerprint: expect.stringMatching(/^[\da-f]{64}$/) },
    });
    const stored = await barsOf('joined.test');
    writeFileSync(join(directory, 'bars.csv'), randomMarketCsv(MARKET));
    writeFileSync(join(directory, 'news.csv'), NEWS);
    const flags = ['--of', 'NEWS', '--bars', join(directory, 'bars.csv'), '--market', 'US'];
    const { out, code, err } = await call(
      ...[
        'data',
        'news',
        'score',
        join(directory, 'news.csv'),
        ...flags,
        '--window',
        '5d',
        '--half-life',
        '1d',
        '--json',
      ],
    );
    if (code !== 0) throw new Error(err);
    const here = JSON.parse(out).bars as Record<string, any>[];
    const columns = (bars: Record<string, any>[]) =>
      bars.map((bar) => measures.map((one) => bar[`news_${one}`] ?? bar.extra?.[`news_${one}`] ?? null));
    expect(columns(stored)).toEqual(columns(here));
    const [sentiment] = measures.map((_, i) => (date: string) => columns([at(stored, date)])[0]![i]);
    // the warning came after the close of the tenth
    expect(sentiment!('2010-02-02')).toBeNull();
    expect(sentiment!('2010-02-03')).toBe(1);
    expect(sentiment!('2010-02-10')).toBeNull();
    expect(sentiment!('2010-02-11')).toBe(-1);
    // denied at the weekend, admitted on Tuesday: one article, which was good news on Monday
    expect(sentiment!('2010-02-22')).toBe(1);
    expect(sentiment!('2010-02-23')).toBe(-1);
    expect(columns([at(stored, '2010-02-23')])[0]![3]).toBe(1);
  });

  it('is what a strategy reads, and the same again changes nothing', async () => {
    expect(await api.ok('POST', '/data/join', body(all))).toMatchObject({ inserted: 0, updated: 0, unchanged: 120 });
    const document = {
      ...{ strategy_id: '018f3c1e-7b1a-7000-8000-000000000201', name: 'tone', version: 1, ticker: 'NEWS' },
      ...{ conjunction: 'AND', trading_period: 252, source: 'joined.test' },
      substrategies: [
        {
          ...{ id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal_long_only', window: 1 },
          ...{ signal: 0.5, data_column: 'news_sentiment' },
        },
      ],
    };
    await api.ok('POST', '/strategies/import', document);
    const { id } = await backtest(api, document.strategy_id, { fill: 'close' });
    const { items } = await api.ok('GET', `/backtests/${id}/trades`);
    expect(items.map(({ entry_time: time }: any) => time.slice(0, 10))).toEqual(['2010-02-03', '2010-02-22']);
  });

  it('changes no bar before later news, which come by joining again', async () => {
    const before = await barsOf('joined.test');
    const later = 'published_at,symbols,headline\n2010-06-10T15:00:00Z,NEWS,Record earnings\n';
    await api.ok('POST', '/data/news/import', { source: 'wire', content: later });
    const again = await api.ok('POST', '/data/join', body(all));
    expect(again.updated).toBeGreaterThan(0);
    const after = await barsOf('joined.test');
    const n = before.findIndex((bar) => bar === at(before, '2010-06-10'));
    expect(after.slice(0, n)).toEqual(before.slice(0, n));
    expect(after[n]).not.toEqual(before[n]);
  });

  it.each<[string, object, number, string]>([
    ['nothing to join', { symbol: 'NEWS', timeframe: '1d', source: 'test' }, 422, 'series or news must name'],
    ['a measure that is none', body([{ measure: 'mood' }]), 422, 'news[0].measure must be one of'],
    ['a window that is none', body([{ measure: 'count', window: 'week' }]), 422, 'news[0].window must be'],
    ['a column twice', body([{ measure: 'count' }, { measure: 'count' }]), 422, 'news[1].as must be a name'],
    ['a symbol without news', body([{ measure: 'count', symbol: 'NONE' }]), 404, 'no news of NONE is stored'],
    ['a source without news', body([{ measure: 'count', source: 'blog' }]), 404, 'no news of NEWS from blog'],
  ])('refuses %s', async (_name, wrong, status, message) => {
    const answer = await api.send('POST', '/data/join', { ...wrong, into: 'never' });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(message);
    expect((await api.ok('GET', '/data/symbols')).items.some(({ source }: any) => source === 'never')).toBe(false);
  });
});
