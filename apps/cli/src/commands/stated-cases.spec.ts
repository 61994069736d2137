import { join, resolve } from 'node:path';
import type { Call } from '../fixtures/in-process';
import { call } from '../fixtures/in-process';

const CASES = resolve(__dirname, '../../../../libs/testing/cases');

const answer = (line: string): Promise<Call> =>
  call(...line.split(' ').map((word) => (/\.(csv|json)$/.test(word) ? join(CASES, word) : word)));

const HOURS = '--bars data/hourly.csv';
const HOURLY = `${HOURS} --strategy signals/sma2-hourly.json`;
const FLAT = 'walk-forward --bars validation/flat-fold.csv --strategy validation/sma200.json';

/** A call on a small input, its exit code, and what its answer (or its refusal) says. */
const STATED: [line: string, code: number, says: string][] = [
  [
    'indicators --bars signals/volume-column.csv --name sma --window 2 --column volume --json',
    0,
    '"values":[null,105,null,null,125,135,145,155,165]',
  ],
  [
    'indicators --bars signals/volume-column.csv --name sma --window 2 --column foo',
    2,
    'has date, open, high, low, close, volume',
  ],
  [`backtest ${HOURLY}`, 0, '1764 bars per year'],
  [`backtest ${HOURLY} --json`, 0, '"periods_per_year":1764'],
  [`walk-forward ${HOURLY}`, 2, 'walk-forward needs at least 263 bars, had '],
  [`sweep ${HOURLY} --param substrategies.0.window=2:3`, 0, '1764 bars per year'],
  [`backtest ${HOURS} --template sma-cross --fast 2 --slow 3`, 0, '1764 bars per year'],
  [`sweep ${HOURS} --template sma-cross --fast 2 --slow 3:4 --fill close`, 0, '1764 bars per year'],
  [FLAT, 0, 'overfitting ratio undefined because the out-of-sample Sharpe of fold 1 is'],
  [FLAT, 0, 'mean OOS Sharpe over 4 of 5 folds'],
  [`${FLAT} --json`, 0, '"overfitting_ratio":"the out-of-sample Sharpe of fold 1 is undefined"'],
  [
    `${FLAT.replace('walk-forward', 'backtest')} --start 2050-01-01`,
    2,
    '--start: the scored range must hold at least one bar, had none of ',
  ],
  [
    'walk-forward --bars validation/too-few-bars.csv --strategy validation/sma200.json',
    2,
    'walk-forward needs at least 263 bars, had 253',
  ],
];

it.each(STATED)('assay %s ends with %i and says %s', async (line, code, says) => {
  const found = await answer(line);
  expect(found.code).toBe(code);
  expect(code === 0 ? found.out : found.err).toContain(says);
});
