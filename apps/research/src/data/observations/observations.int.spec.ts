import { gzipSync } from 'node:zlib';
import { backtest, RULE_IDENTITY, type ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const GDP = [
  'date,available_at,gdp',
  '2023-09-30,2023-10-26T12:30:00Z,27610.128',
  '2023-12-31,2024-01-25T13:30:00Z,27938.831',
  '2023-12-31,2024-02-28T13:30:00Z,27944.627',
  '2024-03-31,2024-04-25T12:30:00Z,28255.928',
];
const csv = (...lines: string[]): string => `${lines.join('\n')}\n`;

describe('external series', () => {
  const research = useResearch();
  let api: ResearchClient;
  let trader: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    trader = await research.as('trader', ['research:read', 'data:write']);
  });

  const put = (client: ResearchClient, content: string, more: object = {}) =>
    client.send('POST', '/data/observations/import', { source: 'fred', content, ...more });

  it('are imported with their revisions, once', async () => {
    const { status, body } = await put(trader, csv(...GDP));
    expect([status, body.series]).toMatchObject([
      200,
      [
        {
          ...{ source: 'fred', symbol: null, name: 'gdp', inserted: 4, updated: 0, unchanged: 0, observations: 4 },
          ...{ first_event_time: '2023-09-30T00:00:00.000Z', last_available_at: '2024-04-25T12:30:00.000Z' },
        },
      ],
    ]);
    const again = await put(trader, csv(...GDP));
    expect(again.body.series).toMatchObject([{ inserted: 0, unchanged: 4, fingerprint: body.series[0].fingerprint }]);
    const { items } = await api.ok('GET', '/data/observations?name=gdp');
    expect(items).toMatchObject([{ id: body.series[0].id, corrected_at: null }]);
  });

  it('tell what was known at a time, and all that was ever said', async () => {
    const [{ id }] = (await api.ok('GET', '/data/observations?source=fred')).items;
    const values = async (query: string): Promise<number[]> =>
      (await api.ok('GET', `/data/observations/${id}/values${query}`)).items.map(
        ({ value }: { value: number }) => value,
      );
    expect(await values('')).toEqual([27610.128, 27938.831, 27944.627, 28255.928]);
    expect(await values('?as_of=2024-02-28T13:29:59Z')).toEqual([27610.128, 27938.831]);
    expect(await values('?as_of=2024-02-28T13:30:00Z&start=2023-12-31&end=2023-12-31')).toEqual([27944.627]);
    expect(await values('?as_of=2020-01-01')).toEqual([]);
    const first = await api.ok('GET', `/data/observations/${id}/values?limit=2`);
    expect([first.items.length, first.next_cursor]).toEqual([3, '2023-12-31T00:00:00.000Z']);
    const rest = await api.ok('GET', `/data/observations/${id}/values?limit=2&cursor=${first.next_cursor}`);
    expect([rest.items.length, rest.next_cursor]).toEqual([1, null]);
    expect((await api.send('GET', `/data/observations/${RULE_IDENTITY}/values`)).status).toBe(404);
  });

  it('are added to as values become known; to change what was known earlier needs data:correct', async () => {
    const later = '2024-03-31,2024-05-30T12:30:00Z,28255.9';
    expect((await put(trader, csv(...GDP, later))).body.series).toMatchObject([{ inserted: 1, unchanged: 4 }]);
    const late = csv(GDP[0]!, '2023-06-30,2023-07-27T12:30:00Z,27063.012');
    const wrong = csv(GDP[0]!, '2023-09-30,2023-10-26T12:30:00Z,1');
    for (const [content, facts] of [
      [late, { late: 1, replaced: 0 }],
      [wrong, { late: 0, replaced: 1 }],
    ] as const) {
      const refused = await put(trader, content);
      expect([refused.status, refused.body]).toMatchObject([403, { missing_scopes: ['data:correct'], ...facts }]);
    }
    expect((await put(api, late)).body.series).toMatchObject([{ inserted: 1, corrected_at: expect.any(String) }]);
  });

  it('are refused where nothing says since when they are known, unless that is stated', async () => {
    const plain = csv('date,value', '2024-03-31,1.5');
    const refused = await put(trader, plain, { series: 'eps', symbol: 'AAPL' });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { field: 'header.available_at' }]);
    const stated = { series: 'eps', symbol: 'AAPL', available_after: '45d' };
    const { body } = await put(trader, plain, stated);
    expect(body.series).toMatchObject([{ symbol: 'AAPL', name: 'eps', last_available_at: '2024-05-16T00:00:00.000Z' }]);
    expect(body.recognised.at(-1).message).toContain('45d after the end of its event, as available_after states');
    const packed = gzipSync(csv('date,filed,sales', '2024-03-31,2024-05-02,90'));
    const type = { 'content-type': 'application/octet-stream' };
    const sent = await trader.send('POST', '/data/observations/import?source=sec&symbol=AAPL', packed, type);
    expect([sent.status, sent.body.series[0].name]).toEqual([200, 'sales']);
    expect((await put(trader, plain, { source: undefined })).body.errors[0]).toMatchObject({ field: 'source' });
  });

  it('need the right to write data', async () => {
    const reader = await research.as('trader', ['research:read']);
    expect((await put(reader, csv(...GDP))).status).toBe(403);
    expect((await reader.send('GET', '/data/observations')).status).toBe(200);
  });
});

describe('POST /data/join', () => {
  const research = useResearch();
  let api: ResearchClient;
  const DAYS = [
    '2024-01-24',
    '2024-01-25',
    '2024-01-26',
    '2024-01-29',
    '2024-01-30',
    '2024-01-31',
    '2024-02-01',
    '2024-02-02',
  ];

  beforeAll(async () => {
    ({ api } = research);
    const rows = DAYS.map((day, i) => `${day},${100 + i},${102 + i},${99 + i},${101 + i},10,${i}`);
    const content = csv('date,open,high,low,close,volume,factor', ...rows);
    await api.ok('POST', '/data/import', { source: 'test', symbol: 'X', timeframe: '1d', market: 'US', content });
    // known from the close of the 26th at the very second, revised during the 30th, and one that comes too late for all
    const pmi = csv(
      'event_time,available_at,pmi',
      '2023-12-31T00:00:00Z,2024-01-26T21:00:00Z,45',
      '2023-12-31T00:00:00Z,2024-01-30T15:00:00Z,55',
      '2024-01-31T00:00:00Z,2024-02-02T21:00:01Z,99',
    );
    await api.ok('POST', '/data/observations/import', { source: 'ism', content: pmi });
  });

  const join = (more: object = {}) =>
    api.send('POST', '/data/join', {
      symbol: 'X',
      timeframe: '1d',
      source: 'test',
      series: [{ name: 'pmi' }],
      ...more,
    });

  it('stores bars with the values that were known at each close, which a strategy can use', async () => {
    const { status, body } = await join();
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ source: 'joined.test', timeframe: '1d', inserted: 8, extra_columns: ['factor', 'pmi'] },
        origin: { source: 'test', bars: 8 },
        joined: [{ column: 'pmi', source: 'ism', missing: 2, first: '2024-01-26T00:00:00.000Z' }],
      },
    ]);
    const { items } = await api.ok('GET', '/data/bars?source=joined.test&symbol=X&timeframe=1d');
    expect(items.map(({ extra }: any) => [extra.factor, extra.pmi])).toEqual(
      [null, null, 45, 45, 55, 55, 55, 55].map((pmi, i) => [i, pmi]),
    );
    expect((await join()).body).toMatchObject({ inserted: 0, updated: 0, unchanged: 8 });

    const feature = await api.ok('POST', '/features', { name: 'pmi', plugin: 'column', params: { column: 'pmi' } });
    const rule = (action: string, operator: string) => ({
      ...{ action, combinator: 'AND', rules: [{ field: 'pmi', operator, value: 50 }] },
    });
    const signal = await api.ok('POST', '/signals', {
      name: 'growth',
      rule_tree: { groups: [rule('BUY', '>'), rule('SELL', '<=')] },
      position_mode: 'long_only',
    });
    const strategy = await api.ok('POST', '/strategies', {
      ...{ name: 'macro', universe: ['X'], source: 'joined.test', timeframe: '1d', pipeline_config: {} },
    });
    await api.ok('PATCH', `/strategies/${strategy.id}`, {
      ...{ version: 1, feature_ids: [feature.id], model_id: RULE_IDENTITY, signal_logic_id: signal.id },
    });
    const run = await backtest(api, strategy.id);
    const trades = await api.ok('GET', `/backtests/${run.id}/trades`);
    // decided on the 30th, whose close is the first that knows the revision; filled at the open of the 31st
    expect(trades.items).toMatchObject([{ entry_time: '2024-01-31T00:00:00.000Z', entry_price: 105 }]);
  });

  it('makes stale values missing, and names columns as it is told', async () => {
    const series = [{ name: 'pmi', as: 'fresh', max_age: '1d' }];
    const { body } = await join({ series, into: 'aged' });
    expect(body.joined).toMatchObject([{ column: 'fresh', missing: 6 }]);
    const { items } = await api.ok('GET', '/data/bars?source=aged&symbol=X&timeframe=1d');
    // at the close of the 29th 45 is three days old, at that of the 31st 55 is 30 hours old
    expect(items.map(({ extra }: any) => extra.fresh)).toEqual([null, null, 45, null, 55, null, null, null]);
  });

  it.each([
    [{ series: [{ name: 'pmi', as: 'close' }] }, 422, 'series[0].as', 'unique'],
    [{ series: [{ name: 'pmi', as: 'factor' }] }, 422, 'series[0].as', 'unique'],
    [{ series: [{ name: 'pmi' }, { name: 'pmi' }] }, 422, 'series[1].as', 'unique'],
    [{ series: [{ name: 'pmi', max_age: '1y' }] }, 422, 'series[0].max_age', 'stretch'],
    [{ series: [] }, 422, 'series', 'min_items'],
  ])('refuses %j', async (more, status, field, rule) => {
    const answer = await join(more);
    expect([answer.status, answer.body.errors[0]]).toMatchObject([status, { field, rule }]);
  });

  it('asks which series is meant where several have the name, and says where none has', async () => {
    const content = csv('date,available_at,pmi', '2023-12-31,2024-01-02,1');
    await api.ok('POST', '/data/observations/import', { source: 'other', symbol: 'X', content });
    const answer = await join();
    expect(answer.body.errors[0]).toMatchObject({
      ...{ field: 'series[0].source', rule: 'one_series' },
      message: expect.stringContaining('one of ism, other of X, because several have pmi'),
    });
    expect((await join({ series: [{ name: 'pmi', source: 'ism' }] })).status).toBe(201);
    expect((await join({ series: [{ name: 'none' }] })).status).toBe(404);
    expect((await join({ symbol: 'Y' })).status).toBe(404);
  });
});
