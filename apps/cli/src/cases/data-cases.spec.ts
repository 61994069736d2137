import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImport, type ImportOptions, type ReadImport } from '@assay/market-data';
import { call } from '../fixtures/in-process';

const CASES = join(__dirname, '../../../../libs/testing/cases/data');
const caseFile = (name: string): string => join(CASES, name);

interface Case {
  input: string;
  /** Flags beside `indicators --name get_sma --window 2`, and options beside a 1d import into CRYPTO. */
  flags?: string[];
  options?: Partial<ImportOptions>;
  times: string[];
  close: number[];
  /** Other columns of the import. */
  columns?: Record<string, number[]>;
  /** Parts of what the command line says on stderr, and codes of what the import recognised, mended and warns of. */
  says?: string[];
  codes?: string[];
}

const CASE_TABLE: Case[] = [
  {
    input: 'daily-offset-hong-kong.csv',
    options: { market: 'HK' },
    times: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'],
    close: [10, 11, 12, 12.5, 12.5],
  },
  {
    input: 'daily-epoch-hong-kong.csv',
    flags: ['--zone', 'Asia/Hong_Kong'],
    options: { market: 'HK' },
    times: ['2024-01-02', '2024-01-03'],
    close: [10, 11],
    says: ['instants are dated by the clocks of Asia/Hong_Kong'],
    codes: ['epoch', 'date_zone'],
  },
  {
    input: 'time-column-without-name.csv',
    options: { market: 'US' },
    times: ['2023-02-17', '2023-02-21', '2023-02-22'],
    close: [255.8, 255.8, 255.9],
    says: ['column 1 has no name and holds dates'],
    codes: ['time_column'],
  },
  {
    input: 'yfinance-price-header.csv',
    options: { market: 'US' },
    times: ['2023-02-17', '2023-02-21', '2023-02-22'],
    close: [254.5, 250.5, 251.5],
    says: ['column 1 is called price and holds dates'],
    codes: ['time_column'],
  },
  {
    input: 'yfinance-three-line-header.csv',
    options: { market: 'US' },
    times: ['2023-02-17', '2023-02-21'],
    close: [254.5, 250.5],
    columns: { open: [255.8, 255.8], volume: [30000100, 30000100] },
    says: ['the header has 3 lines: columns by the first'],
    codes: ['symbol', 'header_lines', 'time_column'],
  },
  {
    input: 'dukascopy-gmt-time.csv',
    times: ['2024-01-01', '2024-01-02', '2024-01-03'],
    close: [1, 2, 3],
    says: ['times are written as dd.mm.yyyy'],
    codes: ['date_format'],
  },
  {
    input: 'binance-microseconds.csv',
    times: ['2024-01-01', '2024-01-02'],
    close: [1, 2],
    columns: { volume: [5, 5] },
    says: ['there is no header', 'microseconds since 1970'],
    codes: ['no_header', 'epoch'],
  },
  {
    input: 'epoch-with-fraction.csv',
    times: ['2024-01-02', '2024-01-03'],
    close: [3, 2],
    says: ['seconds since 1970 with a fraction'],
    codes: ['epoch'],
  },
  {
    input: 'dotted-date-time.csv',
    times: ['2011-12-08'],
    close: [1],
    says: ['times are written as yyyy.mm.dd'],
    codes: ['date_format'],
  },
  {
    input: 'dotted-date-time.csv',
    options: { timeframe: '1m' },
    times: ['2011-12-08T18:49:00Z'],
    close: [1],
    codes: ['date_format', 'zone'],
  },
  {
    input: 'newest-first.csv',
    times: ['2023-02-20', '2023-02-21', '2023-02-22'],
    close: [1, 2, 3],
    says: ['begins with the newest bar: its rows were turned round'],
    codes: ['newest_first'],
  },
  {
    input: 'semicolon-decimal-comma.csv',
    times: ['2023-02-21', '2023-02-22'],
    close: [1255.8, 1255.9],
    columns: { open: [1250.5, 1251.5], volume: [30000100, 30000200] },
    says: ['separated by semicolons', 'decimals are written with a comma', 'dd.mm.yyyy'],
    codes: ['delimiter', 'decimal_comma', 'date_format'],
  },
  {
    input: 'thousands.csv',
    times: ['2023-02-21', '2023-02-22'],
    close: [1255.8, 1255.9],
    columns: { high: [1256.5, 1256.5], volume: [30000100, 30000200] },
    says: ['thousands are grouped: 1,250.50 is read as 1250.5'],
    codes: ['thousands'],
  },
  {
    input: 'investing-thousands-units.csv',
    times: ['2023-02-21', '2023-02-22'],
    close: [1250.5, 1251.5],
    columns: { volume: [30e6, 30e6] },
    says: ['30.00M are read as 30,000,000', 'turned round', 'mm/dd/yyyy', 'column price is read as close'],
    codes: ['close_column', 'date_format', 'thousands', 'unit_suffix', 'ignored_column', 'newest_first'],
  },
  {
    input: 'open-above-high-by-rounding.csv',
    times: ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'],
    close: [110, 90, 100, 105],
    columns: { open: [110, 90, 100, 101] },
    says: ['warning: line 3, 2024-01-02: open 90.0000001 is above high 90 by rounding: clipped to 90'],
    codes: ['clipped_to_range'],
  },
  {
    input: 'split-left-in-raw-prices.csv',
    options: { market: 'US' },
    times: ['2024-06-06', '2024-06-07', '2024-06-10', '2024-06-11'],
    close: [1208, 1200, 121, 122],
    says: ['warning unadjusted_split: raw prices step by splits on 2024-06-10 (10 for 1)'],
    codes: ['unadjusted_split'],
  },
];

const imported = (input: string, options: Partial<ImportOptions> = {}): Promise<ReadImport> =>
  readImport(readFileSync(caseFile(input)), {
    ...{ symbol: 'X', source: 'test', timeframe: '1d', market: 'CRYPTO', adjust: 'none', outsideSessions: 'refuse' },
    nowMs: Date.parse('2026-01-01T00:00:00Z'),
    ...options,
  });
const timesOf = ({ bars }: ReadImport): string[] =>
  Array.from(bars.openTimeMs, (time) => {
    const iso = new Date(time).toISOString().replace('.000Z', 'Z');
    return bars.timeframe === '1d' ? iso.replace('T00:00:00Z', '') : iso;
  });

describe('files as they come', () => {
  it.each(CASE_TABLE)(
    '$input is read by the command line, which says how',
    async ({ input, flags, options, ...right }) => {
      if (options?.timeframe) return;
      const { code, out, err } = await call(
        ...['indicators', '--bars', caseFile(input), '--name', 'get_sma', '--window', '1', '--json', ...(flags ?? [])],
      );
      expect([code, err.includes('must')]).toEqual([0, false]);
      expect(JSON.parse(out)).toMatchObject({ times: right.times, values: right.close });
      for (const part of right.says ?? []) expect(err).toContain(part);
      if (!right.says) expect(err).toBe('');
    },
  );

  it.each(CASE_TABLE)('$input is imported, with the same answer', async ({ input, options, ...right }) => {
    const read = await imported(input, options);
    expect(timesOf(read)).toEqual(right.times);
    expect(Array.from(read.bars.close)).toEqual(right.close);
    for (const [name, values] of Object.entries(right.columns ?? {}))
      expect([name, Array.from(read.bars[name as 'open'])]).toEqual([name, values]);
    const codes = [...read.recognised, ...read.repairs, ...read.warnings].map(({ code }) => code);
    expect(codes).toEqual(right.codes ?? []);
  });

  it('daily-epoch-hong-kong.csv has no dates without a zone, and the command line asks for one', async () => {
    const args = ['indicators', '--bars', caseFile('daily-epoch-hong-kong.csv'), '--name', 'get_sma', '--window', '2'];
    const { code, err } = await call(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^--zone must be given, such as Asia\/Hong_Kong: the daily bar of line 2/);
  });

  it('open-above-high-by-rounding.csv runs with a target, a broken range is refused by line and date', async () => {
    const flags = ['--template', 'sma-cross', '--fast', '1', '--slow', '2', '--fill', 'close', '--take-profit', '0.5'];
    expect((await call('backtest', '--bars', caseFile('open-above-high-by-rounding.csv'), ...flags)).code).toBe(0);
    const broken = await call('backtest', '--bars', caseFile('dukascopy-gmt-time.csv'), ...flags);
    expect(broken.code).toBe(2);
    expect(broken.err).toMatch(
      /--bars .*: line 3 \(2024-01-02\): the bar must have 0 < low <= open, close <= high, was/,
    );
  });

  it('hourly.csv is a file of 1h bars for indicators and templates, and none of daily ones', async () => {
    const bars = ['--bars', caseFile('hourly.csv')];
    const shown = await call('indicators', ...bars, '--name', 'get_sma', '--window', '2');
    expect([shown.code, shown.err]).toEqual([0, expect.stringContaining('the bars are 1h bars')]);
    expect(shown.out).toMatch(/2024-03-11T07:00:00Z +74\.8175/);
    expect((await call('backtest', ...bars, '--template', 'sma-cross', '--fast', '2', '--slow', '5')).code).toBe(0);
    const daily = join(__dirname, '../../../../docs/examples/strategy.json');
    const refused = await call('backtest', ...bars, '--strategy', daily);
    expect([refused.code, refused.err]).toEqual([
      2,
      `--bars ${caseFile('hourly.csv')}: the timeframe of --strategy must be 1h as the bars of the file lie 60 minutes apart, was 1d\n`,
    ]);
    await expect(imported('hourly.csv')).rejects.toThrow(
      'timeframe must be 1h as the bars of the file lie 60 minutes apart, was 1d',
    );
    expect((await imported('hourly.csv', { timeframe: '1h' })).bars.close).toHaveLength(96);
  });

  it('split-left-in-raw-prices.csv warns nobody who adjusts', async () => {
    const args = ['--bars', caseFile('split-left-in-raw-prices.csv'), '--adjust', 'adj_close'];
    expect((await call('indicators', ...args, '--name', 'get_sma', '--window', '2')).err).toBe('');
    const { warnings } = await imported('split-left-in-raw-prices.csv', { market: 'US', adjust: 'adj_close' });
    expect(warnings).toEqual([]);
  });
});
