import { gzipSync } from 'node:zlib';
import { rejectionOf } from '../../../testing/src/domain/refusal';
import { zipOf } from '../../../testing/src/files/made-files';
import { BLOCK_TRADES } from './trade-block';
import { readTrades, type TradeReadOptions } from './read-trades';
import { tradeTimeText } from './trade-time';

type Row = [time: string, price: number, size: number, side: number];

async function tradesOf(content: string | Uint8Array, options: TradeReadOptions = {}) {
  const rows: Row[] = [];
  const file = await readTrades(Buffer.from(content), options, () => ({ count, timeMs, ns, price, size, side }) => {
    for (let i = 0; i < count; i += 1) rows.push([tradeTimeText(timeMs[i], ns[i]), price[i], size[i], side[i]]);
  });
  return { ...file, rows };
}
const refused = async (content: string | Uint8Array, options: TradeReadOptions = {}) =>
  (await rejectionOf(tradesOf(content, options))).errors!;
const codes = (notes: { code: string }[]): string[] => notes.map(({ code }) => code);

/** The same three trades as every source writes them, with as many decimals of a second as it has. */
const MADE: Row[] = [
  ['2024-01-02T09:30:00.250Z', 100.5, 2, 1],
  ['2024-01-02T09:30:00.250Z', 100.25, 0.5, -1],
  ['2024-01-02T09:30:01.007Z', 101, 1.25, 1],
];
const MS = ['1704187800250', '1704187800250', '1704187801007'];
const SECONDS = ['1704187800.25', '1704187800.2500', '1704187801.007'];
const ISO = ['2024-01-02T09:30:00.250Z', '2024-01-02T09:30:00.250Z', '2024-01-02T09:30:01.007Z'];
const rowsBy = (row: (i: number, price: number, size: number, side: number) => string): string[] =>
  MADE.map(([, price, size, side], i) => row(i, price, size, side));
const text = (...lines: string[]): string => `${lines.join('\n')}\n`;

const spot = rowsBy((i, p, q, side) => `${700 + i},${p},${q},${p * q},${MS[i]},${side < 0 ? 'True' : 'False'},True`);
const aggregate = rowsBy((i, p, q, side) => `${9 + i},${p},${q},${i},${i + 1},${MS[i]},${String(side < 0)}`);
const bybit = rowsBy(
  (i, p, q, side) =>
    `${SECONDS[i]},BTCUSDT,${side > 0 ? 'Buy' : 'Sell'},${q},${p},PlusTick,a-${i}-f0,1e8,${q},${p * q}`,
);
const polygon = rowsBy((i, p, q) => `AAPL,"12,37",0,11,${i},${MS[i]}000000,${p},${90 + i},${MS[i]}000001,${q},3,0,0`);
const databento = (price: (p: number) => string) =>
  rowsBy(
    (i, p, q, side) => `${MS[i]}900000,${MS[i]}000000,0,1,55,T,${side > 0 ? 'B' : 'A'},0,${price(p)},${q},0,165,${i}`,
  );

const CASES: { name: string; content: string | Uint8Array; layout: string | null; sides?: false; ns?: string }[] = [
  { name: 'Binance trades', content: text(...spot), layout: 'Binance trades' },
  {
    name: 'Binance trades in microseconds, in a zip',
    content: zipOf({ 'BTCUSDT-trades-2025-01-02.csv': text(...spot.map((row) => row.replace(/(17\d{11})/, '$1000'))) }),
    layout: 'Binance trades',
  },
  {
    name: 'Binance futures trades with a header',
    content: text('id,price,qty,quote_qty,time,is_buyer_maker', ...spot.map((row) => row.replace(/,True$/, ''))),
    layout: 'Binance trades',
  },
  {
    name: 'Binance aggregate trades, spot',
    content: text(...aggregate.map((row) => `${row},true`)),
    layout: 'Binance aggregate trades',
  },
  {
    name: 'Binance aggregate trades, futures',
    content: text(
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
      ...aggregate,
    ),
    layout: 'Binance aggregate trades',
  },
  {
    name: 'Binance aggregate trades, JSON',
    content: JSON.stringify(
      MADE.map(([, p, q, side], i) => ({
        a: i,
        p: String(p),
        q: String(q),
        f: 1,
        l: 1,
        T: +MS[i],
        m: side < 0,
        M: true,
      })),
    ),
    layout: 'Binance aggregate trades',
  },
  {
    name: 'Bybit in gzip',
    content: gzipSync(
      text(
        'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional',
        ...bybit,
      ),
    ),
    layout: 'Bybit trades',
  },
  {
    name: 'Kraken',
    content: text(...rowsBy((i, p, q) => `${SECONDS[i]},${p},${q}`)),
    layout: 'Kraken trades',
    sides: false,
  },
  {
    name: 'Coinbase, whose sides are the makers, newest first',
    content: JSON.stringify(
      MADE.map(([, price, size, side], i) => ({
        ...{ time: ISO[i], trade_id: i, price: String(price), size: String(size), side: side > 0 ? 'sell' : 'buy' },
      })).reverse(),
    ),
    layout: 'Coinbase trades',
  },
  {
    name: 'Polygon',
    content: text(
      'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size,tape,trf_id,trf_timestamp',
      ...polygon,
    ),
    layout: 'Polygon trades',
    sides: false,
    ns: '000001',
  },
  ...[(p: number) => String(p * 1e9), (p: number) => p.toFixed(9)].map((price) => ({
    name: `Databento, prices such as ${price(100.5)}`,
    content: text(
      'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,sequence',
      ...databento(price),
    ),
    layout: 'Databento trades',
  })),
  {
    name: 'a plain file',
    content: text('Time;Price;Size;Side', ...rowsBy((i, p, q, side) => `${ISO[i]};${p};${q};${side > 0 ? 'B' : 'S'}`)),
    layout: null,
  },
  {
    name: 'a plain file without a header, in UTF-16',
    content: Buffer.from(text(...rowsBy((i, p, q) => `${ISO[i]},${p},${q}`)), 'utf16le'),
    layout: null,
    sides: false,
  },
  {
    name: 'dates and times of day in columns of their own',
    content: text('date,time,price,volume', ...rowsBy((i, p, q) => `2024-01-02,${ISO[i].slice(11, 23)},${p},${q}`)),
    layout: null,
    sides: false,
  },
];

describe('a file of trades', () => {
  it.each(CASES)('is read: $name', async ({ content, layout, sides, ns }) => {
    const file = await tradesOf(content);
    expect([file.layout, file.hasSides]).toEqual([layout, sides !== false]);
    const withNs = (time: string): string => (ns === undefined ? time : time.replace('Z', `${ns}Z`));
    expect(file.rows).toEqual(
      MADE.map(([time, price, size, side]) => [withNs(time), price, size, sides === false ? 0 : side]),
    );
  });

  it('of several symbols asks which', async () => {
    const content = text('time,symbol,price,size', `${ISO[0]},A,1,1`, `${ISO[1]},B,2,1`);
    expect((await refused(content))[0]).toMatchObject({ field: 'symbol', rule: 'one_symbol' });
    expect((await tradesOf(content, { symbol: 'b' })).rows).toEqual([['2024-01-02T09:30:00.250Z', 2, 1, 0]]);
  });

  it('is read by names that are given', async () => {
    const content = text(...rowsBy((i, p, q) => `x,${q},${p},${MS[i]}`));
    expect((await refused(content)).map(({ field }) => field)).toEqual(['header.time', 'header.price', 'header.size']);
    expect((await tradesOf(content, { columns: ['-', 'size', 'price', 'time'] })).rows).toEqual(
      MADE.map(([time, price, size]) => [time, price, size, 0]),
    );
    expect((await refused(content, { columns: ['size', 'price', 'time'] }))[0]).toMatchObject({ rule: 'cells' });
  });

  it('says a side the other way where it is told to', async () => {
    const content = text('time,price,size,side', `${ISO[0]},1,1,buy`);
    expect((await tradesOf(content)).rows[0][3]).toBe(1);
    const { rows, recognised } = await tradesOf(content, { sideOf: 'maker' });
    expect([rows[0][3], codes(recognised)]).toEqual([-1, ['side']]);
  });

  it('leaves out what Polygon says was corrected or cancelled', async () => {
    const header =
      'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size';
    const rows = ['0', '1', '8', '12'].map(
      (correction, i) => `A,,${correction},1,1,1,${i + 1},${i},${MS[0]}00000${i},5`,
    );
    const { rows: read, repairs } = await tradesOf(text(header, ...rows));
    expect([read.map(([, price]) => price), codes(repairs)]).toEqual([
      [1, 4],
      ['corrected_trades', 'corrected_trades'],
    ]);
  });
});

describe('the order of trades', () => {
  const at = (time: string, price: number): string => `${time},${price},1`;
  const nanos = ['1704187800250000007', '1704187800250000008', '1704187800250000009'];

  it('is told by the nanosecond, which no double holds', async () => {
    const rows = nanos.map((time, i) => at(time, i + 1));
    const read = await tradesOf(text('time,price,size', ...rows));
    expect(read.rows.map(([time]) => time.slice(-10))).toEqual(['250000007Z', '250000008Z', '250000009Z']);
    const turned = await tradesOf(text('time,price,size', ...[...rows].reverse()));
    expect([turned.rows, codes(turned.repairs)]).toEqual([read.rows, ['newest_first']]);
    const [problem] = await refused(text('time,price,size', rows[0], rows[2], rows[1], at('1704187800260000000', 9)));
    expect(problem).toMatchObject({ field: 'lines[4].time', rule: 'sorted', value: '2024-01-02T09:30:00.250000008Z' });
    const sorted = await tradesOf(text('time,price,size', rows[0], rows[2], rows[1]), { sort: true });
    expect([sorted.rows, codes(sorted.repairs)]).toEqual([read.rows, ['sorted']]);
  });

  it('is that of the lines where the file begins with the newest, over many blocks', async () => {
    const count = 2 * BLOCK_TRADES + 17;
    const rows = Array.from({ length: count }, (_, i) => at(String(1_704_187_800_000 + Math.floor(i / 3)), i + 1));
    const forth = await tradesOf(text('time,price,size', ...rows));
    const back = await tradesOf(text('time,price,size', ...[...rows].reverse()));
    expect(forth.rows).toHaveLength(count);
    expect(back.rows).toEqual(forth.rows);
    const wrong = [...rows].reverse();
    wrong[BLOCK_TRADES + 5] = at('1704187800000', 1);
    const [problem] = await refused(text('time,price,size', ...wrong));
    expect(problem.field).toBe(`lines[${BLOCK_TRADES + 8}].time`);
  });

  it('keeps equal rows, which are two trades, unless an id says that they are one', async () => {
    const row = at(MS[0], 1);
    expect((await tradesOf(text('time,price,size', row, row))).rows).toHaveLength(2);
    const { rows, repairs } = await tradesOf(text('time,price,size,id', `${row},7`, `${row},8`, `${row},7`));
    expect([rows.length, codes(repairs)]).toEqual([2, ['duplicate_rows']]);
    expect((await refused(text('time,price,size,id', `${row},x-7`, `${at(MS[0], 2)},x-7`)))[0]).toMatchObject({
      ...{ field: 'lines[3].time', rule: 'unique' },
      message: expect.stringContaining('line 2 with price 1 and on line 3 with price 2'),
    });
  });
});

describe('what is wrong with a trade', () => {
  const HEADER = 'time,price,size,side';
  it.each([
    ['time', '2024-13-02T00:00:00Z,1,1,buy', 'iso_8601'],
    ['time', '2024-01-02,1,1,buy', 'iso_8601'],
    ['time', '9999-12-31T23:00:00-09:00,1,1,buy', 'iso_8601'],
    ['price', `${MS[0]},0,1,buy`, 'positive'],
    ['price', `${MS[0]},x,1,buy`, 'number'],
    ['size', `${MS[0]},1,-1,buy`, 'positive'],
    ['size', `${MS[0]},1,1e400,buy`, 'number'],
    ['size', `${MS[0]},1e200,1e200,buy`, 'amount'],
    ['size', `${MS[0]},1e-200,1e-200,buy`, 'amount'],
    ['size', `${MS[0]},1e-10,1e299,buy`, 'amount'],
    ['side', `${MS[0]},1,1,up`, 'side'],
  ])('is said by line, column, rule and value: %s of %s', async (column, row, rule) => {
    const good = `${MS[0]},1,1,buy`;
    expect(await refused(text(HEADER, good, row))).toMatchObject([{ field: `lines[3].${column}`, rule }]);
    const { rows, repairs } = await tradesOf(text(HEADER, good, row), { skipBad: true });
    expect([rows.length, codes(repairs)]).toEqual([1, ['bad_rows']]);
    expect(await refused(text(HEADER, good, row), { skipBad: true, strict: true })).toMatchObject([
      { rule: 'strict_bad_rows' },
    ]);
  });

  it('is a cell too many, a file without trades, a zone that is none', async () => {
    expect(await refused(text(HEADER, `${MS[0]},1,1,buy,`))).toMatchObject([{ field: 'lines[2]', rule: 'cells' }]);
    expect(await refused(`${HEADER}\n`)).toMatchObject([{ rule: 'min_rows' }]);
    expect(await refused(text(HEADER, `${MS[0]},1,1,buy`), { zone: 'Mars' })).toMatchObject([{ rule: 'time_zone' }]);
  });

  it('stops after twenty', async () => {
    const rows = Array.from({ length: 20_000 }, () => `${MS[0]},0,1,buy`);
    expect(await refused(text(HEADER, ...rows))).toHaveLength(20);
  });
});

it('reads times that state no zone by the clocks of the one that is given', async () => {
  const content = text('time,price,size', '2024-07-02 09:30:00.123456,1,1');
  expect((await tradesOf(content, { zone: 'America/New_York' })).rows[0][0]).toBe('2024-07-02T13:30:00.123456Z');
  const { rows, recognised } = await tradesOf(content);
  expect([rows[0][0], codes(recognised)]).toEqual(['2024-07-02T09:30:00.123456Z', ['zone']]);
});
