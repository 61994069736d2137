import { HOUR_MS } from '@assay/primitives';
import { canQueryParquet, queryParquet } from '@assay/testing';
import { randomMarketCsv } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';
import { MarketData } from '../market-data';

const HOURS = 70_000;

/** Prices that need all their digits, cells that are missing, and a factor that splits the history. */
function adjustedDays(): string {
  const [head, ...rows] = randomMarketCsv({ bars: 300, seed: 7 }).trim().split('\n');
  const lines = rows.map((row, i) => {
    const cells = row.split(',');
    if (i % 7 === 0) cells[5] = '';
    if (i % 11 === 0) cells[6] = '';
    return [...cells, i < 150 ? Number(cells[4]) / 3 : cells[4]].join(',');
  });
  return [`${head},adj close`, ...lines].join('\n');
}

function hours(): string {
  const lines = ['date,open,high,low,close,volume,vwap'];
  for (let i = 0; i < HOURS; i += 1) {
    const close = 100 + Math.sin(i / 50);
    const time = new Date(Date.UTC(2015, 0, 1) + i * HOUR_MS).toISOString();
    lines.push(
      [time, close, close + 1, close - 1, close, i % 5 === 0 ? '' : i, i % 3 === 0 ? '' : close / 3].join(','),
    );
  }
  return lines.join('\n');
}

describe('GET /data/export', () => {
  const research = useResearch({ worker: false });
  const SERIES = {
    DAYS: 'source=made&symbol=DAYS&timeframe=1d&market=US',
    HOURS: 'source=made&symbol=HOURS&timeframe=1h&market=CRYPTO',
  };
  let headers: Record<string, string>;

  const put = async (query: string, content: string | Buffer, type: string): Promise<Record<string, any>> => {
    const answer = await research.api.send('POST', `/data/import?${query}`, content, { 'content-type': type });
    expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
    return answer.body;
  };
  const exported = async (query: string): Promise<Buffer> => {
    const answer = await research.harness.app.inject({ method: 'GET', url: `/api/data/export?${query}`, headers });
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.payload]).toEqual([200, '']);
    return answer.rawPayload;
  };
  const barsOf = async (query: string): Promise<object[]> =>
    (await research.api.ok('GET', `/data/bars?${query}`)).items;

  beforeAll(async () => {
    headers = (research.api as unknown as { caller: { headers: Record<string, string> } }).caller.headers;
    await put(`${SERIES.DAYS}&adjust=adj_close&outside_sessions=keep`, adjustedDays(), 'text/csv');
    await put(SERIES.HOURS, hours(), 'text/csv');
  });

  describe.each(['csv', 'parquet'] as const)('as %s', (format) => {
    const type = format === 'csv' ? 'text/csv' : 'application/octet-stream';
    const needsReader = format === 'csv' || canQueryParquet ? it : it.skip;

    needsReader.each<[keyof typeof SERIES, 'none' | 'adj_close']>([
      ['DAYS', 'none'],
      ['DAYS', 'adj_close'],
      ['HOURS', 'none'],
    ])('gives %s on the basis %s, which an import reads back bit for bit', async (symbol, adjustment) => {
      const series = SERIES[symbol].replace(/&market=\w+/, '');
      const file = await exported(`${series}&adjustment=${adjustment}&format=${format}`);
      const into = SERIES[symbol].replace('source=made', `source=${format}.${adjustment}`);
      const read = await put(`${into}&outside_sessions=keep`, file, type);
      expect(read.repairs).toEqual([]);
      const again = into.replace(/&market=\w+/, '');
      expect(await barsOf(again)).toEqual(await barsOf(`${series}&adjustment=${adjustment}`));
      const nextFile = await exported(`${again}&format=${format}`);
      expect(nextFile.equals(file)).toBe(true);
    });
  });

  it('cuts a range, days included whole, and names the file and its type', async () => {
    const answer = await research.harness.app.inject({
      method: 'GET',
      url: '/api/data/export?source=made&symbol=HOURS&timeframe=1h&start=2015-01-02&end=2015-01-02',
      headers,
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="HOURS_1h_made.csv"',
    });
    const times = answer.payload
      .trim()
      .split('\n')
      .map((line) => line.split(',')[0]);
    expect([times.length, times[1], times[24]]).toEqual([25, '2015-01-02T00:00:00.000Z', '2015-01-02T23:00:00.000Z']);
  });

  (canQueryParquet ? it : it.skip)('is what DuckDB reads of it, nulls where a value is missing', async () => {
    const file = await exported('source=made&symbol=HOURS&timeframe=1h&format=parquet');
    const read = await queryParquet(
      file,
      (table) => `SELECT count(*)::INTEGER AS n, count(volume)::INTEGER AS volumes, count(vwap)::INTEGER AS vwaps,
        count(*) FILTER (WHERE isnan(vwap))::INTEGER AS nans, epoch_ms(min(date))::DOUBLE AS first,
        epoch_ms(max(date))::DOUBLE AS last, typeof(any_value(date)) AS type FROM ${table}`,
    );
    expect(read).toEqual([
      {
        n: HOURS,
        volumes: HOURS - Math.ceil(HOURS / 5),
        vwaps: HOURS - Math.ceil(HOURS / 3),
        nans: 0,
        first: Date.UTC(2015, 0, 1),
        last: Date.UTC(2015, 0, 1) + (HOURS - 1) * HOUR_MS,
        type: 'TIMESTAMP WITH TIME ZONE',
      },
    ]);
    const days = await queryParquet(
      await exported('source=made&symbol=DAYS&timeframe=1d&format=parquet'),
      (table) => `SELECT typeof(date) AS type, date::VARCHAR AS date FROM ${table} LIMIT 1`,
    );
    expect(days).toEqual([{ type: 'DATE', date: '2010-01-04' }]);
  });

  it.each<[string, number, string | undefined, string]>([
    ['symbol=NONE&timeframe=1d', 404, undefined, 'no bars of NONE 1d are stored'],
    ['source=made&symbol=DAYS&timeframe=1d&format=xlsx', 422, 'format', 'format must be one of csv, parquet'],
    ['source=made&symbol=DAYS&timeframe=1d&start=2030-01-01', 422, 'start', 'start must leave at least one stored bar'],
    ['source=made&symbol=DAYS&timeframe=1d&end=yesterday', 422, 'end', 'end must be a date'],
    ['source=made&symbol=DAYS', 422, 'timeframe', 'timeframe must be'],
    ['source=made&symbol=DAYS&timeframe=1d&adjustment=half', 422, 'adjustment', 'adjustment must be one of'],
  ])('%s is refused with %i', async (query, status, field, says) => {
    const answer = await research.api.send('GET', `/data/export?${query}`);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field]);
    expect(JSON.stringify(answer.body)).toContain(says);
  });

  it('needs a caller who may read', async () => {
    const answer = await research.harness.app.inject({
      method: 'GET',
      url: '/api/data/export?symbol=DAYS&timeframe=1d',
    });
    expect(answer.statusCode).toBe(401);
    const trader = await research.as('trader', ['trade:read']);
    expect((await trader.send('GET', '/data/export?symbol=DAYS&timeframe=1d')).status).toBe(403);
  });

  describe('over a connection', () => {
    let url: string;
    beforeAll(async () => {
      await research.harness.app.listen(0, '127.0.0.1');
      const { port } = research.harness.app.getHttpServer().address() as { port: number };
      url = `http://127.0.0.1:${port}/api/data/export`;
    });
    afterEach(() => jest.restoreAllMocks());

    const bytesOf = async (symbol: string, format: string): Promise<Buffer> => {
      const query = `source=made&symbol=${symbol}&timeframe=${symbol === 'DAYS' ? '1d' : '1h'}&format=${format}`;
      const answer = await fetch(`${url}?${query}`, { headers });
      expect(answer.status).toBe(200);
      return Buffer.from(await answer.arrayBuffer());
    };

    it.each(['csv', 'parquet'])('breaks it where bars are corrected meanwhile (%s)', async (format) => {
      const { store } = research.harness.app.get(MarketData);
      const ask = store.seriesById.bind(store);
      expect((await bytesOf('DAYS', format)).length).toBeGreaterThan(10_000);
      jest.spyOn(store, 'seriesById').mockImplementationOnce(async (id) => {
        const bar = `date,open,high,low,close,volume,factor\n2010-01-04,1,2,1,1,${format.length},\n`;
        await put(SERIES.DAYS, bar, 'text/csv');
        return ask(id);
      });
      await expect(bytesOf('DAYS', format)).rejects.toThrow(/terminated|aborted|closed/);
      expect((await bytesOf('DAYS', format)).length).toBeGreaterThan(10_000);
    });

    it.each(['csv', 'parquet'])('breaks it where the database is lost after the first bars (%s)', async (format) => {
      const { store } = research.harness.app.get(MarketData);
      const read = store.barsOf.bind(store);
      jest
        .spyOn(store, 'barsOf')
        .mockImplementationOnce(read)
        .mockImplementationOnce(() => Promise.reject(new Error('Connection terminated unexpectedly')));
      await expect(bytesOf('HOURS', format)).rejects.toThrow(/terminated|aborted|closed/);
    });
  });
});
