import { calendarFor } from '@assay/market-data';
import { useResearch } from '../../../test/use-research';

const DATES = calendarFor('US').sessions('2023-01-03', '2023-12-29');
const a = (i: number): number => 100 + ((i * 7919) % 1009) / 7;
const b = (i: number): number => 50 + ((i * 6007) % 503) / 11 + a(i) / 9;

describe('frames of stored bars', () => {
  const research = useResearch();
  const put = (symbol: string, close: (i: number) => number, has = (_: number) => true, source = 'made') =>
    research.api.ok('POST', '/data/import', {
      ...{ source, symbol, timeframe: '1d', market: 'US', synthetic: true },
      content: ['date,close,adj close', ...rows(close, has)].join('\n'),
      adjust: 'adj_close',
    });
  const rows = (close: (i: number) => number, has: (i: number) => boolean): string[] =>
    DATES.flatMap((date, i) => (has(i) ? [`${date},${close(i)},${close(i) / 2}`] : []));
  beforeAll(async () => {
    await put('A', a);
    await put('B', b, (i) => i % 5 !== 2);
    await put('FEW', b, (i) => i < 3);
    await put('TWICE', a);
    await put('TWICE', a, undefined, 'other');
  });

  describe('GET /data/profile', () => {
    const profile = (query: string) => research.api.ok('GET', `/data/profile?timeframe=1d&symbol=${query}`);

    it('says what each column and the returns are like, with the first and last bars', async () => {
      const found = await profile('A&rows=2&bins=4');
      expect(found).toMatchObject({
        ...{ symbol: 'A', source: 'made', timeframe: '1d', market: 'US', synthetic: true, adjustment: 'adj_close' },
        ...{ bars: 250, first: '2023-01-03T00:00:00.000Z', last: '2023-12-29T00:00:00.000Z' },
        head: [{ close: 50 }, { time: '2023-01-04T00:00:00.000Z' }],
        tail: [{}, { time: '2023-12-29T00:00:00.000Z' }],
        returns: { count: 249, periods_per_year: 252, best: { time: '2023-01-04T00:00:00.000Z' } },
      });
      const columnOf = (name: string) => found.columns.find(({ column }: { column: string }) => column === name);
      const close = columnOf('close');
      expect(close).toMatchObject({ count: 250, missing: 0, min: 50, quantiles: { p50: expect.any(Number) } });
      expect(close.histogram.counts).toHaveLength(4);
      expect(columnOf('volume')).toMatchObject({ count: 0, missing: 250, mean: null, histogram: null });
    });

    it('is of a range, and of prices as stored where that is asked for', async () => {
      const found = await profile('A&start=2023-01-04&end=2023-01-05&adjustment=none');
      expect(found).toMatchObject({ bars: 2, adjustment: 'none', last: '2023-01-05T00:00:00.000Z' });
      expect(found.head[0].close).toBe(a(1));
    });

    it.each([
      ['A&start=2030-01-01', 422, 'start'],
      ['A&bins=0', 422, 'bins'],
      ['A&rows=101', 422, 'rows'],
    ])('refuses %s', async (query, status, field) => {
      const answer = await research.api.send('GET', `/data/profile?timeframe=1d&symbol=${query}`);
      expect([answer.status, answer.body.errors[0].field]).toEqual([status, field]);
    });

    it('says that a symbol is not there, or is there twice', async () => {
      const status = async (query: string) =>
        (await research.api.send('GET', `/data/profile?timeframe=1d&symbol=${query}`)).status;
      expect([await status('NONE'), await status('TWICE')]).toEqual([404, 422]);
    });
  });

  describe('GET /data/correlation', () => {
    const asked = (query: string) => research.api.send('GET', `/data/correlation?timeframe=1d&${query}`);

    it('is over the bars that all symbols have', async () => {
      const { status, body } = await asked('symbols=A,B');
      const [overlap, ab] = [body.overlap[0][1], body.matrix[0][1]];
      expect(status).toBe(200);
      expect(body).toMatchObject({
        series: [
          { symbol: 'A', source: 'made', market: 'US', synthetic: true },
          { symbol: 'B', source: 'made' },
        ],
        ...{ timeframe: '1d', method: 'pearson', of: 'returns', adjustment: 'adj_close' },
        ...{ common_bars: 200, observations: 199 },
        overlap: [
          [250, overlap],
          [overlap, 200],
        ],
        matrix: [
          [1, ab],
          [ab, 1],
        ],
      });
      expect(overlap).toBe(200);
      expect(Math.abs(ab)).toBeLessThan(1);
      const ranks = await asked('symbols=A,B&method=spearman&of=close&start=2023-06-01');
      expect(ranks.body).toMatchObject({ method: 'spearman', of: 'close', first: '2023-06-01T00:00:00.000Z' });
      expect(ranks.body.matrix[0][1]).not.toBe(ab);
    });

    it('refuses too few bars in common, with how many there are', async () => {
      const { status, body } = await asked('symbols=A,FEW');
      expect([status, body.code, body.common_bars]).toEqual([422, 'insufficient_data', 3]);
      expect(body.detail).toBe('symbols must have at least 4 bars in common, had 3 (of A 250, FEW 3)');
    });

    it.each([
      ['symbols=A', 'symbols', 'min_items'],
      ['symbols=A,A', 'symbols', 'unique'],
      ['symbols=A,B&method=kendall', 'method', 'enum'],
      ['symbols=A,B&of=volume', 'of', 'enum'],
      [`symbols=${Array.from({ length: 21 }, (_, i) => `S${i}`).join(',')}`, 'symbols', 'max_items'],
    ])('refuses %s', async (query, field, rule) => {
      const { status, body } = await asked(query);
      expect([status, body.errors[0]]).toMatchObject([422, { field, rule }]);
    });

    it('names the symbol that is not stored', async () => {
      const { status, body } = await asked('symbols=A,NONE');
      expect([status, body.detail]).toEqual([404, expect.stringContaining('no bars of NONE 1d')]);
    });
  });

  it('needs the right to read', async () => {
    const writer = await research.as('trader', ['data:write']);
    for (const path of ['profile?symbol=A', 'correlation?symbols=A,B', 'describe?symbol=A']) {
      expect((await writer.send('GET', `/data/${path}&timeframe=1d`)).status).toBe(403);
    }
  });
});
