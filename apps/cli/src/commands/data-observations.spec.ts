import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

describe('external series on the command line', () => {
  let workspace: Workspace;
  let server: Server;
  let url: string;
  const asked: { wanted: string; body: string }[] = [];
  const series = { id: 's', source: 'fred', symbol: null, name: 'gdp', observations: 3 };
  const answers: Record<string, [status: number, body: unknown]> = {
    'POST /api/data/observations/import?name=gdp.csv&source=fred&series=gdp&skip_bad=true': [
      200,
      {
        series: [{ name: 'gdp', inserted: 2, updated: 0, unchanged: 1, last_available_at: '2024-04-25T12:30:00.000Z' }],
        recognised: [{ message: 'a word on the file' }],
        repairs: [],
      },
    ],
    'POST /api/data/observations/import?name=gdp.csv&source=x': [
      422,
      {
        detail: 'header must name available_at',
        errors: [{ message: 'header must name available_at' }, { message: 'more' }],
      },
    ],
    'GET /api/data/observations?name=gdp': [200, { items: [series], next_cursor: null }],
    'GET /api/data/observations': [200, { items: [series, { ...series, symbol: 'A' }], next_cursor: null }],
    'GET /api/data/observations/s/values?as_of=2024-02-01': [
      200,
      { items: [{ event_time: 'e1', available_at: 'a1', value: 1 }], next_cursor: 'c' },
    ],
    'GET /api/data/observations/s/values?as_of=2024-02-01&cursor=c': [
      200,
      { items: [{ event_time: 'e2', available_at: 'a2', value: 2.5 }], next_cursor: null },
    ],
    'POST /api/data/join': [
      201,
      {
        source: 'joined.csv',
        bars: 7,
        news: [],
        joined: [{ column: 'g', source: 'fred', symbol: null, first: 't', missing: 2 }],
      },
    ],
  };

  beforeAll(async () => {
    workspace = openWorkspace();
    writeFileSync(workspace.path('gdp.csv'), 'date,value\n');
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const wanted = `${request.method} ${request.url}`;
        asked.push({ wanted, body: Buffer.concat(parts).toString() });
        const [status, body] = answers[wanted] ?? [404, { detail: `nothing at ${wanted}` }];
        response.statusCode = status;
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.ASSAY_API_KEY = 'ak_1';
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    server.close();
    workspace.remove();
  });

  const observations = (...words: string[]) => call('data', 'observations', ...words, '--url', url);
  const cells = (out: string): string[][] =>
    out
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));

  it('are imported, with a word on how the file was read', async () => {
    const flags = ['--source', 'fred', '--series', 'gdp', '--skip-bad'];
    const { code, out, err } = await observations('import', workspace.path('gdp.csv'), ...flags);
    expect([code, err]).toEqual([0, expect.stringContaining('gdp.csv: a word on the file')]);
    expect(cells(out).at(-1)).toEqual(['gdp', '2', '0', '1', '2024-04-25T12:30:00.000Z']);
    expect(asked[0].body).toBe('date,value\n');
  });

  it('are refused with all that the service says', async () => {
    const { code, err } = await observations('import', workspace.path('gdp.csv'), '--source', 'x');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/gdp\.csv was refused: header must name available_at\nmore\n/),
    ]);
    expect((await observations('import', 'none.csv', '--source', 'x')).err).toContain('there is no such file');
  });

  it('are listed, and what was known of one', async () => {
    expect(cells((await observations('list')).out)).toHaveLength(4);
    const { code, out } = await observations('list', '--name', 'gdp', '--values', '--as-of', '2024-02-01');
    expect([code, cells(out).slice(-2)]).toEqual([
      0,
      [
        ['e1', 'a1', '1'],
        ['e2', 'a2', '2.5'],
      ],
    ]);
    const two = await observations('list', '--values');
    expect([two.code, two.err]).toEqual([2, expect.stringContaining('gdp from fred, gdp of A from fred fit')]);
    expect((await observations('list', '--as-of', '2024-02-01')).err).toContain('only with --values');
  });

  it('are put beside bars', async () => {
    const bars = ['--symbol', 'X', '--timeframe', '1d', '--url', url];
    const { code, out } = await call(
      'data',
      'join',
      ...bars,
      '--series',
      'g=gdp',
      '--series',
      'cpi',
      '--max-age',
      '90d',
    );
    expect([code, out.split('\n')[0]]).toEqual([0, '7 bars are stored from source joined.csv']);
    expect(JSON.parse(asked[0].body)).toEqual({
      ...{ symbol: 'X', timeframe: '1d' },
      series: [
        { name: 'gdp', as: 'g', max_age: '90d' },
        { name: 'cpi', max_age: '90d' },
      ],
    });
  });

  it('are joined with the tone of news, or are left out', async () => {
    const bars = ['data', 'join', '--symbol', 'X', '--timeframe', '1d', '--url', url];
    await call(...bars, '--news', 'sentiment', '--news', 'mood=momentum', '--window', '5d', '--half-life', '1d');
    expect(JSON.parse(asked.at(-1)!.body)).toEqual({
      ...{ symbol: 'X', timeframe: '1d' },
      news: [
        { measure: 'sentiment', window: '5d', half_life: '1d' },
        { measure: 'momentum', as: 'mood', window: '5d', half_life: '1d' },
      ],
    });
    expect((await call(...bars)).err).toContain('--series or --news is required');
    expect((await call(...bars, '--series', 'gdp', '--window', '5d')).err).toContain('only with --news');
  });
});
