import { HOUR_MS } from '@assay/primitives';
import { Client } from 'pg';
import { seedRuleStrategy, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const BARS = 6_000;
const QUERY = 'source=long&timeframe=1h&market=CRYPTO&adjust=none&synthetic=true';

function csv(): string {
  const lines = ['date,open,high,low,close,volume'];
  for (let i = 0; i < BARS; i += 1) {
    const close = 100 + Math.sin(i / 50);
    lines.push(
      [new Date(Date.UTC(2020, 0, 1) + i * HOUR_MS).toISOString(), close, close + 1, close - 1, close, i].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

describe('much data over HTTP', () => {
  const research = useResearch({ worker: false });
  let api: ResearchClient;

  const importCsv = (symbol: string, content: string, type = 'text/csv') =>
    api.send('POST', `/data/import?${QUERY}&symbol=${symbol}`, content, { 'content-type': type });
  const importJson = (text: string) => api.send('POST', '/data/import', text);

  beforeAll(() => ({ api } = research));

  it('is imported the same as CSV and in JSON, read on another thread', async () => {
    const content = csv();
    const asCsv = await importCsv('A', content);
    const { source, timeframe, market, adjust } = Object.fromEntries(new URLSearchParams(QUERY)) as Record<
      string,
      string
    >;
    const asJson = await importJson(
      JSON.stringify({ source, timeframe, market, adjust, synthetic: true, symbol: 'B', content }),
    );
    expect([asCsv.status, asJson.status]).toEqual([201, 201]);
    expect(asCsv.body.bars).toBe(BARS);
    expect(asJson.body.fingerprint).toBe(asCsv.body.fingerprint);
  });

  it('is refused as a small body is: what is no JSON, too deep, or holds what cannot be stored', async () => {
    const long = 'x'.repeat(300_000);
    for (const [text, status, code] of [
      [`{"content":"${long}"`, 400, 'malformed_json'],
      [`{"content":"${long}","a":${'['.repeat(20_000)}`, 400, 'malformed_json'],
      [`{"content":"${long}\\u0000"}`, 422, 'validation_failed'],
      [`{"content":"${long}","symbol":"\\ud800"}`, 422, 'validation_failed'],
      ['null', 422, 'validation_failed'],
      ['[]', 422, 'validation_failed'],
      ['"date,close"', 422, 'validation_failed'],
    ] as const) {
      const answer = await importJson(text);
      expect([text.slice(-12), answer.status, answer.body.code]).toEqual([text.slice(-12), status, code]);
    }
    expect((await importCsv('C', `date,close\n2020-01-01,1\u0000\n${long}`)).status).toBe(422);
  });

  it('is CSV where CSV is asked for, and nowhere else', async () => {
    const answer = await api.send('POST', '/strategies', 'a,b', { 'content-type': 'text/csv' });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('comes in pages of bars that neither skip nor repeat one', async () => {
    const read = (more: string) => api.ok('GET', `/data/bars?symbol=A&timeframe=1h&source=long&${more}`);
    const all = (await read('limit=100000')).items as { open_time: string }[];
    expect(all).toHaveLength(BARS);
    const pages: { open_time: string }[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Record<string, any> = await read(`limit=2500${cursor && `&cursor=${cursor}`}`);
      pages.unshift(page.items);
      cursor = page.next_cursor;
    }
    expect(pages.map((page) => page.length)).toEqual([1_000, 2_500, 2_500]);
    expect(pages.flat()).toEqual(all);
    expect(
      (await read('limit=3&start=2020-01-01&end=2020-01-01')).items.map((bar: any) => bar.open_time.slice(0, 13)),
    ).toEqual(['2020-01-01T21', '2020-01-01T22', '2020-01-01T23']);
  });

  it('is described on another thread', async () => {
    const { columns } = await api.ok('GET', '/data/describe?symbol=A&timeframe=1h&source=long');
    expect(columns.find(({ column }: { column: string }) => column === 'close')).toMatchObject({
      count: BARS,
      missing: 0,
    });
  });

  it('is listed by as many questions to the database for many rows as for one', async () => {
    const lists = [
      '/strategies',
      '/features',
      '/models',
      '/signals',
      '/backtests',
      '/data/symbols',
      '/experiments',
      '/jobs',
      '/auth/keys',
    ];
    const statements = async (path: string): Promise<number> => {
      const query = jest.spyOn(Client.prototype, 'query');
      try {
        await api.ok('GET', path);
        // When a key was last used is written down now and then, whatever it is used for.
        return query.mock.calls.filter(([text]) => !String(text).includes('last_used_at" =')).length;
      } finally {
        query.mockRestore();
      }
    };
    const furnish = async (window: number): Promise<void> => {
      const { featureId, id } = await seedRuleStrategy(api, 'A', window);
      await api.ok('POST', '/models', { name: `m${window}`, kind: 'logistic', feature_ids: [featureId] });
      await api.ok('POST', '/features/' + featureId + '/generate', { symbol: 'A', timeframe: '1h', source: 'long' });
      await api.ok('GET', `/strategies/${id}`);
    };
    await furnish(20);
    const before: number[] = [];
    for (const list of lists) before.push(await statements(list));
    for (const window of [30, 40]) await furnish(window);
    const after: number[] = [];
    for (const list of lists) after.push(await statements(list));
    // One more is no growth with the rows: a connection may have been opened.
    expect(lists.filter((_, i) => after[i]! > before[i]! + 1)).toEqual([]);
  });
});
