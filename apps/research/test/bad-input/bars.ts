import { UNKNOWN, type WrongRequest } from './wrong-request';

const HEADER = 'date,open,high,low,close,volume\n';
const csv = (...rows: string[]): string => HEADER + rows.join('\n');
const importBody = { source: 'test', symbol: 'BAD', timeframe: '1d', market: 'US' };

const refusedImport = (name: string, body: object, ...problem: NonNullable<WrongRequest['problem']>): WrongRequest => ({
  name,
  request: ['POST', '/data/import', { ...importBody, ...body }],
  status: 422,
  code: 'validation_failed',
  problem,
});

const refusedActions = (
  name: string,
  body: object,
  ...problem: NonNullable<WrongRequest['problem']>
): WrongRequest => ({
  name,
  request: ['POST', '/data/actions', { source: 'test', symbol: 'WALK', ...body }],
  status: 422,
  code: 'validation_failed',
  problem,
});
const action = (ex_date: string, kind: string, value: number): object => ({ ex_date, kind, value });

/** Wrong requests about bars. */
export const barsRequests = (): WrongRequest[] => [
  ...['start=0001-01-01T00:00:00%2B14:00', 'end=9999-12-31T23:59:59-14:00'].map<WrongRequest>((bound) => ({
    name: `bars with ${bound}`,
    request: ['GET', `/data/bars?symbol=WALK&timeframe=1d&${bound}`],
    status: 422,
    code: 'validation_failed',
    problem: [bound.split('=')[0]!, 'date_or_time'],
  })),
  refusedImport('an import without bars', {}, 'content', 'required'),
  refusedImport(
    'an import without market',
    { market: undefined, content: csv('2020-01-02,1,1,1,1,1') },
    'market',
    'required',
  ),
  refusedImport('an empty file', { content: HEADER }, 'content', 'min_rows', 0),
  refusedImport('a file without close', { content: 'date,open\n2020-01-02,1' }, 'header.close', 'required'),
  refusedImport(
    'unsorted bars',
    { content: csv('2020-01-03,1,1,1,1,1', '2020-01-06,1,1,1,1,1', '2020-01-02,1,1,1,1,1') },
    'lines[4].date',
    'sorted',
    '2020-01-02',
  ),
  refusedImport(
    'daily bars on a weekend and a holiday',
    { content: csv('2020-01-01,1,1,1,1,1', '2020-01-04,1,1,1,1,1') },
    'content',
    'session_dates',
  ),
  refusedImport(
    'dates that could be two',
    { content: csv('02/03/2020,1,1,1,1,1') },
    'date_format',
    'ambiguous',
    '02/03/2020',
  ),
  refusedImport(
    'numbers that could be two',
    { content: csv('2020-01-02,"1,234","1,234","1,234","1,234",1') },
    'decimal',
    'ambiguous',
    '1,234',
  ),
  refusedImport(
    'a zone that is none',
    { zone: 'Hong Kong', content: csv('2020-01-02,1,1,1,1,1') },
    'zone',
    'time_zone',
    'Hong Kong',
  ),
  refusedImport(
    'intraday bars as daily ones',
    { content: csv('2020-01-02T14:30:00Z,1,1,1,1,1', '2020-01-02T15:30:00Z,1,1,1,1,1') },
    'timeframe',
    'bar_spacing',
    '1d',
  ),
  refusedImport(
    'two bars of one date that differ',
    { content: csv('2020-01-02,1,1,1,1,1', '2020-01-02,1,1,1,1,2') },
    'lines[3].date',
    'unique',
    '2020-01-02',
  ),
  refusedImport(
    'the same bar twice, where nothing may be repaired',
    { content: csv('2020-01-02,1,1,1,1,1', '2020-01-02,1,1,1,1,1'), strict: true },
    'lines[3]',
    'strict_duplicate_rows',
    3,
  ),
  refusedImport('a NaN price', { content: csv('2020-01-02,1,1,1,NaN,1') }, 'lines[2].close', 'number', 'NaN'),
  refusedImport(
    'a negative price in the last of many rows',
    { content: csv('2020-01-02,1,1,1,1,1', '2020-01-03,1,1,1,1,1', '2020-01-06,1,1,-1,1,1') },
    'lines[4].low',
    'positive',
    '-1',
  ),
  refusedImport(
    'an adjustment without its column',
    { adjust: 'adj_close', content: csv('2020-01-02,1,1,1,1,1') },
    'adjust',
    'adj_close_column',
  ),
  {
    name: 'a stored series in another market',
    request: [
      'POST',
      '/data/import',
      { ...importBody, symbol: 'WALK', market: 'HK', synthetic: true, content: csv('2020-01-02,1,1,1,1,1') },
    ],
    status: 409,
    code: 'conflict',
  },
  {
    name: 'bars of an unknown symbol',
    request: ['GET', '/data/bars?symbol=NONE&timeframe=1d'],
    status: 404,
    code: 'not_found',
  },
  {
    name: 'an empty range of bars',
    request: ['GET', '/data/bars?symbol=WALK&timeframe=1d&start=1990-01-01&end=1990-02-01'],
    status: 422,
    code: 'validation_failed',
    problem: ['start', 'non_empty_range'],
  },
  {
    name: 'an unknown timeframe of bars',
    request: ['GET', '/data/bars?symbol=WALK&timeframe=1y'],
    status: 422,
    code: 'validation_failed',
    problem: ['timeframe', 'enum', '1y'],
  },
  {
    name: 'a limit of 0',
    request: ['GET', '/data/bars?symbol=WALK&timeframe=1d&limit=0'],
    status: 422,
    code: 'validation_failed',
    problem: ['limit', 'min', 0],
  },
  {
    name: 'an acknowledgement without a reason',
    request: ['POST', `/data/quality/${UNKNOWN}/acknowledge`, { by: 'me' }],
    status: 422,
    code: 'validation_failed',
    problem: ['reason', 'required'],
  },
  {
    name: 'an acknowledgement of an unknown report',
    request: ['POST', `/data/quality/${UNKNOWN}/acknowledge`, { by: 'me', reason: 'seen' }],
    status: 404,
    code: 'not_found',
  },
  {
    name: 'an exchange import without exchange',
    request: [
      'POST',
      '/data/import',
      { source: 'ccxt', symbol: 'BTC/USDT', timeframe: '1d', start: '2020-01-01', end: '2020-02-01' },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['exchange', 'required'],
  },
  {
    name: 'a subscription to a feed of no kind',
    request: [
      'POST',
      '/data/subscriptions',
      { symbol: 'BAD', timeframe: '1d', market: 'US', feed: { kind: 'rss', url: 'https://example.com' } },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['feed.kind', 'enum', 'rss'],
  },
  {
    name: 'a subscription to a file outside of the folder of feeds',
    request: [
      'POST',
      '/data/subscriptions',
      { symbol: 'BAD', timeframe: '1d', market: 'US', feed: { kind: 'folder', path: '../secret' } },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['feed.path', 'inner_path', '../secret'],
  },
  {
    name: 'an unknown subscription',
    request: ['POST', `/data/subscriptions/${UNKNOWN}/refresh`],
    status: 404,
    code: 'not_found',
  },
  refusedActions('corporate actions that are none', {}, 'actions', 'required'),
  refusedActions(
    'a split of minus two',
    { actions: [action('2011-01-04', 'split', -2)] },
    'actions[0].value',
    'exclusive_min',
    -2,
  ),
  refusedActions(
    'a split that splits nothing',
    { actions: [action('2011-01-04', 'split', 1)] },
    'actions[0].value',
    'ratio',
    1,
  ),
  refusedActions('a merger', { actions: [action('2011-01-04', 'merger', 2)] }, 'actions[0].kind', 'enum', 'merger'),
  refusedActions(
    'a file of actions without kinds',
    { content: 'date,value\n' },
    'header.kind',
    'required',
    'date,value',
  ),
  refusedActions(
    'two splits of one date',
    { actions: [action('2011-01-04', 'split', 2), action('2011-01-04', 'split', 3)] },
    'actions[1].ex_date',
    'unique',
    '2011-01-04',
  ),
  {
    name: 'a dividend beyond the price',
    request: [
      'POST',
      '/data/actions',
      { source: 'test', symbol: 'WALK', actions: [action('2011-01-04', 'dividend', 1e6)] },
    ],
    status: 409,
    code: 'conflict',
  },
  {
    name: 'an unknown corporate action',
    request: ['DELETE', `/data/actions/${UNKNOWN}`],
    status: 404,
    code: 'not_found',
  },
];
