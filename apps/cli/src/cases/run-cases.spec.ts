import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../fixtures/in-process';

const at = (name: string): string => join(__dirname, '../../../../libs/testing/cases', name);
const strategy = (name: string): string[] => ['--strategy', at(name)];

type Document = Record<string, any>;

interface Case {
  input: string;
  run: string[];
  /** What of the answer is right, or the refusal. */
  right: ((answer: Document) => unknown) | null;
  is: unknown;
}

const backtest = (bars: string, ...flags: string[]): string[] => ['backtest', '--bars', at(bars), ...flags];
const TARGET = ['--template', 'sma-cross', '--fast', '1', '--slow', '2', '--take-profit', '0.1', '--fill', 'close'];

const CASE_TABLE: Case[] = [
  {
    input: 'engine/target-touched-exactly.csv',
    run: backtest('engine/target-touched-exactly.csv', ...TARGET, '--fee-bps', '0'),
    right: ({ trades, metrics }) => [trades[0].exit_price, trades[0].reason, metrics.total_return],
    is: [110, 'take_profit', expect.closeTo(0.1, 12)],
  },
  ...['tie-1', 'tie-2', 'tie-3'].map((name) => ({
    input: `signals/${name}.csv`,
    run: backtest(`signals/${name}.csv`, ...strategy('signals/sma3-momentum.json'), '--fill', 'close'),
    right: ({ positions }: Document) => positions[2],
    is: 0,
  })),
  {
    input: 'signals/volume-column.csv',
    run: [
      'indicators',
      '--bars',
      at('signals/volume-column.csv'),
      '--name',
      'sma',
      '--window',
      '2',
      '--column',
      'volume',
    ],
    right: ({ values }) => values,
    is: [null, 105, null, null, 125, 135, 145, 155, 165],
  },
  {
    input: 'signals/volume-column.csv, a column that is not there',
    run: ['indicators', '--bars', at('signals/volume-column.csv'), '--name', 'sma', '--window', '2', '--column', 'foo'],
    right: null,
    is: /^--column foo needs the column foo, but .* has date, open, high, low, close, volume/,
  },
  {
    input: 'signals/sma2-hourly.json, a backtest',
    run: backtest('data/hourly.csv', ...strategy('signals/sma2-hourly.json')),
    right: ({ accounting }) => accounting.periods_per_year,
    is: 1764,
  },
  {
    input: 'signals/sma2-hourly.json, a sweep',
    run: [
      ...['sweep', '--bars', at('data/hourly.csv'), ...strategy('signals/sma2-hourly.json')],
      ...['--param', 'substrategies.0.window=2:3', '--threads', '1'],
    ],
    right: ({ accounting }) => accounting.periods_per_year,
    is: 1764,
  },
  {
    input: 'validation/flat-fold.csv',
    run: ['walk-forward', '--bars', at('validation/flat-fold.csv'), ...strategy('validation/sma200.json')],
    right: ({ summary }) => [summary.overfitting_ratio, summary.reasons.overfitting_ratio, summary.defined_oos],
    is: [null, 'the out-of-sample Sharpe of fold 1 is undefined', 4],
  },
  {
    input: 'validation/too-few-bars.csv',
    run: ['walk-forward', '--bars', at('validation/too-few-bars.csv'), ...strategy('validation/sma200.json')],
    right: null,
    is: /needs at least \d+ bars, had 253/,
  },
  {
    input: 'cpcv of 40 groups, 20 tested',
    run: ['cpcv', '--n', '1000', '--groups', '40', '--test-groups', '20'],
    right: null,
    is: /at most 1000 splits, gave 137846528820/,
  },
];

describe('runs that once were wrong', () => {
  it.each(CASE_TABLE)('$input', async ({ run, right, is }) => {
    const { code, out, err } = await call(...run, '--json');
    if (right === null) {
      expect(code).toBe(2);
      expect(err).toMatch(is as RegExp);
    } else {
      expect([code, err.includes(' must ')]).toEqual([0, false]);
      expect(right(JSON.parse(out) as Document)).toEqual(is);
    }
  });

  it('signals/sma2-hourly.json with a trading period of 365 states the hours of a year', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'assay-cases-'));
    const document = JSON.parse(readFileSync(at('signals/sma2-hourly.json'), 'utf8')) as Document;
    writeFileSync(join(directory, 'always.json'), JSON.stringify({ ...document, trading_period: 365 }));
    const args = ['--bars', at('data/hourly.csv'), '--strategy', join(directory, 'always.json'), '--json'];
    const { out } = await call('backtest', ...args);
    rmSync(directory, { recursive: true });
    expect((JSON.parse(out) as Document).accounting.periods_per_year).toBe(8760);
  });
});
