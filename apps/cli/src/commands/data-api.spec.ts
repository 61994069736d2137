import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWorkspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

describe('the tool as a client of the research service', () => {
  let server: Server;
  let url: string;
  const asked: string[] = [];
  const sent: unknown[] = [];
  const item = (id: string, more: object) => ({
    ...{ id, source: 'stooq', symbol: 'AAPL', timeframe: '1d', market: 'US', enabled: true, last_error: null },
    ...{
      next_due_at: '2026-11-30T21:30:00.000Z',
      freshness: { last_bar: '2026-11-27T00:00:00.000Z', fresh: true, late_by_s: 0 },
    },
    ...more,
  });
  const stored = (timeframe: string, last: string | null) => ({
    ...{ source: 'stooq', symbol: 'AAPL', timeframe, market: 'US', bars: 2, first: '2026-11-16T00:00:00.000Z', last },
  });
  const late = {
    timeframe: '1h',
    last_error: 'stooq.com is away',
    freshness: { last_bar: null, fresh: false, late_by_s: 165_224 },
  };
  const action = { id: 'x', source: 'alpaca', symbol: 'AAPL', ex_date: '2020-08-31', kind: 'split', value: 4 };
  const changed = {
    ...{ source: 'alpaca', symbol: 'AAPL', added: 2, changed: 0, removed: 0, unchanged: 0 },
    series: [
      {
        ...{ timeframe: '1d', bars: 250, quality: null },
        without_effect: [{ code: 'after_last_bar', ex_date: '2030-01-02', kind: 'split' }],
      },
    ],
  };
  const answers: Record<string, unknown> = {
    'GET /api/data/actions?symbol=AAPL': { items: [action], next_cursor: 'x' },
    'GET /api/data/actions?symbol=AAPL&cursor=x': {
      items: [{ ...action, id: 'y', ex_date: '2020-11-06', kind: 'dividend', value: 0.205 }],
      next_cursor: null,
    },
    'POST /api/data/actions': changed,
    'DELETE /api/data/actions/x': { ...changed, added: 0, removed: 1, series: [] },
    'GET /api/data/subscriptions': { items: [item('a', {})], next_cursor: 'a' },
    'GET /api/data/subscriptions?cursor=a': {
      items: [item('b', late), item('c', { timeframe: '4h', enabled: false })],
      next_cursor: null,
    },
    'GET /api/data/symbols': {
      items: [stored('1w', '2026-11-23T00:00:00.000Z'), stored('1d', null)],
      next_cursor: null,
    },
    'GET /api/data/symbols?q=sto+1H': { items: [], next_cursor: null },
    'POST /api/data/subscriptions/b/refresh': { job_id: 'j' },
    'GET /api/jobs/j': {
      state: 'completed',
      result: { outcome: 'failed', error: 'stooq.com is away', inserted: 0, corrected: 0, warnings: ['a split'] },
      error: null,
    },
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const wanted = `${request.method} ${request.url}`;
      asked.push(wanted);
      const answer = request.headers['x-api-key'] === 'ak_1' ? answers[wanted] : undefined;
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        if (text !== '') sent.push(JSON.parse(text));
        response.statusCode = answer === undefined ? 401 : 200;
        response.end(JSON.stringify(answer ?? { detail: 'a valid key is needed' }));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    process.env.ASSAY_API_KEY = 'ak_1';
    asked.length = 0;
    sent.length = 0;
  });
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    server.close();
  });

  it('lists what is stored and what is kept fresh, each series once, all pages of it', async () => {
    const { code, out } = await call('data', 'list', '--url', `${url}/api`);
    const rows = out.trimEnd().split('\n').slice(2);
    expect([code, rows.map((line) => line.split(/ {2,}/))]).toEqual([
      0,
      [
        ['AAPL', '1d', 'stooq', 'US', '2', '2026-11-16', '-', 'fresh', '2026-11-30T21:30:00Z'],
        ['AAPL', '1h', 'stooq', 'US', '0', '-', '-', 'late by 45 h', '2026-11-30T21:30:00Z', 'stooq.com is away'],
        ['AAPL', '1w', 'stooq', 'US', '2', '2026-11-16', '2026-11-23', '-', '-'],
        ['AAPL', '4h', 'stooq', 'US', '0', '-', '-', 'off', '2026-11-30T21:30:00Z'],
      ],
    ]);
    const daily = await call('data', 'list', '--url', url, '--timeframe', '1d', '--json');
    expect(JSON.parse(daily.out).items).toEqual([{ ...stored('1d', null), feed: item('a', {}) }]);
    const none = await call('data', 'list', '--url', url, '--symbol', 'NONE');
    expect(none).toEqual({ code: 0, out: '', err: expect.stringContaining('assay data import --help shows how') });
  });

  it('finds series by words, stored ones by the service', async () => {
    asked.length = 0;
    const { out } = await call('data', 'list', '--url', url, '--find', 'sto 1H', '--json');
    expect(asked).toContain('GET /api/data/symbols?q=sto+1H');
    expect(
      JSON.parse(out).items.map(({ timeframe, bars }: { timeframe: string; bars: number }) => [timeframe, bars]),
    ).toEqual([['1h', 0]]);
  });

  it('refreshes what the flags mean and says what became of it', async () => {
    const { code, out } = await call('data', 'refresh', '--url', url, '--timeframe', '1h', '--json');
    expect([code, asked.filter((one) => one.startsWith('POST'))]).toEqual([
      0,
      ['POST /api/data/subscriptions/b/refresh'],
    ]);
    expect(JSON.parse(out).items).toEqual([
      {
        id: 'b',
        symbol: 'AAPL',
        timeframe: '1h',
        source: 'stooq',
        outcome: 'failed',
        error: 'stooq.com is away',
        inserted: 0,
        corrected: 0,
        warnings: ['a split'],
      },
    ]);
    const { err } = await call('data', 'refresh', '--url', url, '--timeframe', '1h');
    expect(err).toContain('AAPL 1h from stooq: warning: a split\n');
  });

  it('lists corporate actions, all pages of them', async () => {
    const { code, out } = await call('data', 'actions', 'list', '--url', url, '--symbol', 'AAPL');
    const rows = out.split('\n').slice(2, 4);
    expect([code, rows.map((line) => line.split(/ {2,}/))]).toEqual([
      0,
      [
        ['AAPL', 'alpaca', '2020-08-31', 'split', '4', 'x'],
        ['AAPL', 'alpaca', '2020-11-06', 'dividend', '0.205', 'y'],
      ],
    ]);
  });

  it('declares and takes back corporate actions, and shows what became of the bars', async () => {
    const key = ['--url', url, '--symbol', 'AAPL', '--source', 'alpaca'];
    const flags = ['--split', '2020-08-31:4', '--dividend', '2020-11-06:.205'];
    const added = await call('data', 'actions', 'add', ...key, ...flags);
    expect(sent).toEqual([
      {
        ...{ source: 'alpaca', symbol: 'AAPL' },
        actions: [
          { ex_date: '2020-08-31', kind: 'split', value: 4 },
          { ex_date: '2020-11-06', kind: 'dividend', value: 0.205 },
        ],
      },
    ]);
    expect([added.code, added.out]).toEqual([
      0,
      expect.stringMatching(/^AAPL from alpaca: 2 added, .*\n.*\n.*\n1d +250 +split of 2030-01-02 \(after_last_bar\)/),
    ]);
    const workspace = openWorkspace();
    const content = 'date,kind,value\n2020-08-31,split,4\n';
    writeFileSync(workspace.path('actions.csv'), content);
    const imported = await call('data', 'actions', 'import', workspace.path('actions.csv'), ...key, '--json');
    workspace.remove();
    expect([sent.at(-1), JSON.parse(imported.out)]).toEqual([{ source: 'alpaca', symbol: 'AAPL', content }, changed]);
    const removed = await call('data', 'actions', 'remove', 'x', '--url', url);
    expect(removed).toMatchObject({ code: 0, out: expect.stringContaining('no bars of it are stored yet') });
  });

  it.each([
    [['--split', '2020-08-31'], '--split 2020-08-31.value must be a number, was missing'],
    [['--split', '2020-08-32:4'], '--split 2020-08-32:4.ex_date must be a date YYYY-MM-DD, was 2020-08-32'],
    [['--dividend', '2020-08-31:-1'], '--dividend 2020-08-31:-1.value must be an amount per share above 0'],
    [[], '--split or --dividend is required'],
  ])('refuses %j before it asks', async (flags, says) => {
    const { code, err } = await call(
      'data',
      'actions',
      'add',
      '--url',
      url,
      '--symbol',
      'X',
      '--source',
      'y',
      ...flags,
    );
    expect([code, err, asked]).toEqual([2, expect.stringContaining(says), []]);
  });

  it.each<[string, string[], string, string]>([
    ['no subscription', ['data', 'refresh', '--symbol', 'NONE'], 'no subscription of that symbol', 'ak_1'],
    ['no key', ['data', 'list'], 'ASSAY_API_KEY must hold an API key', ''],
    ['a wrong key', ['data', 'list'], 'was refused with 401: a valid key is needed', 'ak_2'],
  ])('with %s says what to do', async (_, words, says, key) => {
    process.env.ASSAY_API_KEY = key;
    const { code, err } = await call(...words, '--url', url);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });

  it('names an address that does not answer', async () => {
    const { code, err } = await call('data', 'list', '--url', 'http://127.0.0.1:9');
    expect([code, err]).toEqual([2, expect.stringContaining('--url http://127.0.0.1:9 does not answer')]);
    expect((await call('data', 'list', '--url', 'nowhere')).err).toContain(
      '--url must be an http address, was nowhere',
    );
  });

  it.each([['list'], ['add'], ['import'], ['remove']])('data actions %s has an example in its help', async (name) => {
    const { code, out } = await call('data', 'actions', name, '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(`assay data actions ${name} `)]);
  });

  it.each([['list'], ['refresh']])('data %s has an example in its help', async (name) => {
    const { code, out } = await call('data', name, '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(`\n  assay data ${name} --`)]);
  });
});
