import { UNKNOWN, type WrongRequest } from './wrong-request';

const HEADER = 'date,open,high,low,close,volume\n';
const csv = (...rows: string[]): string => HEADER + rows.join('\n');
const importBody = { source: 'test', symbol: 'BAD', timeframe: '1d', market: 'US' };

/** Wrong requests about bars. */
export const barsRequests = (): WrongRequest[] => [
  {
    name: 'an import without bars',
    request: ['POST', '/data/import', importBody],
    status: 422,
    code: 'validation_failed',
    problem: ['content', 'required'],
  },
  {
    name: 'an import without market',
    request: ['POST', '/data/import', { ...importBody, market: undefined, content: csv('2020-01-02,1,1,1,1,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['market', 'required'],
  },
  {
    name: 'an empty file',
    request: ['POST', '/data/import', { ...importBody, content: HEADER }],
    status: 422,
    code: 'validation_failed',
    problem: ['content', 'min_rows', 0],
  },
  {
    name: 'a file without close',
    request: ['POST', '/data/import', { ...importBody, content: 'date,open\n2020-01-02,1' }],
    status: 422,
    code: 'validation_failed',
    problem: ['header.close', 'required'],
  },
  {
    name: 'unsorted bars',
    request: [
      'POST',
      '/data/import',
      { ...importBody, content: csv('2020-01-03,1,1,1,1,1', '2020-01-06,1,1,1,1,1', '2020-01-02,1,1,1,1,1') },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['lines[4].date', 'sorted', '2020-01-02'],
  },
  {
    name: 'daily bars on a weekend and a holiday',
    request: ['POST', '/data/import', { ...importBody, content: csv('2020-01-01,1,1,1,1,1', '2020-01-04,1,1,1,1,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['content', 'session_dates'],
  },
  {
    name: 'dates that could be two',
    request: ['POST', '/data/import', { ...importBody, content: csv('02/03/2020,1,1,1,1,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['date_format', 'ambiguous', '02/03/2020'],
  },
  {
    name: 'numbers that could be two',
    request: ['POST', '/data/import', { ...importBody, content: csv('2020-01-02,"1,234","1,234","1,234","1,234",1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['decimal', 'ambiguous', '1,234'],
  },
  {
    name: 'a zone that is none',
    request: ['POST', '/data/import', { ...importBody, zone: 'Hong Kong', content: csv('2020-01-02,1,1,1,1,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['zone', 'time_zone', 'Hong Kong'],
  },
  {
    name: 'intraday bars as daily ones',
    request: [
      'POST',
      '/data/import',
      { ...importBody, content: csv('2020-01-02T14:30:00Z,1,1,1,1,1', '2020-01-02T15:30:00Z,1,1,1,1,1') },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['timeframe', 'bar_spacing', '1d'],
  },
  {
    name: 'a bar twice',
    request: ['POST', '/data/import', { ...importBody, content: csv('2020-01-02,1,1,1,1,1', '2020-01-02,1,1,1,1,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['lines[3].date', 'unique', '2020-01-02'],
  },
  {
    name: 'a NaN price',
    request: ['POST', '/data/import', { ...importBody, content: csv('2020-01-02,1,1,1,NaN,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['lines[2].close', 'number', 'NaN'],
  },
  {
    name: 'a negative price in the last of many rows',
    request: [
      'POST',
      '/data/import',
      { ...importBody, content: csv('2020-01-02,1,1,1,1,1', '2020-01-03,1,1,1,1,1', '2020-01-06,1,1,-1,1,1') },
    ],
    status: 422,
    code: 'validation_failed',
    problem: ['lines[4].low', 'positive', '-1'],
  },
  {
    name: 'an adjustment without its column',
    request: ['POST', '/data/import', { ...importBody, adjust: 'adj_close', content: csv('2020-01-02,1,1,1,1,1') }],
    status: 422,
    code: 'validation_failed',
    problem: ['adjust', 'adj_close_column'],
  },
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
    request: ['GET', '/data/bars?symbol=WALK&timeframe=1w'],
    status: 422,
    code: 'validation_failed',
    problem: ['timeframe', 'enum', '1w'],
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
];
