import type { DomainError } from '@assay/primitives';
import type { ImportOptions, ReadImport } from './read-import';
import { readImport } from './read-import';

const options = (more: Partial<ImportOptions> = {}): ImportOptions => ({
  ...{ symbol: 'X', source: 'yf', timeframe: '1d', market: 'US', adjust: 'none', actions: 'from_columns' },
  ...{ outsideSessions: 'refuse', nowMs: Date.UTC(2025, 0, 1) },
  ...more,
});
const HEADER = 'Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits,Capital Gains\n';
/** A split of 4 for 1 on the 3rd day, a dividend on the 4th; prices as traded. */
const RAW = `${HEADER}2020-08-27 00:00:00-04:00,400,404,398,400,99,10,0.0,0.0,0.0
2020-08-28 00:00:00-04:00,400,404,398,401,99,10,0.0,0.0,0.0
2020-08-31 00:00:00-04:00,101,104,100,102,101,40,0.0,4.0,0.0
2020-09-01 00:00:00-04:00,101,104,100,102,102,40,0.2,0.0,0.05
`;
/** The same as Yahoo gives it. */
const YAHOO = RAW.replace('400,404,398,400,', '100,101,99,100,').replace('400,404,398,401,', '100,101,99,100.25,');
const problem = async (text: string, more: Partial<ImportOptions> = {}): Promise<unknown[]> => {
  const error = await readImport(text, options(more)).catch((thrown: DomainError) => thrown);
  return (error as DomainError).errors!.map(({ field, rule, value }) => [field, rule, value]);
};
const read = (text: string, more: Partial<ImportOptions> = {}): Promise<ReadImport> => readImport(text, options(more));

describe('columns of dividends and splits', () => {
  const paid = { exDate: '2020-09-01', kind: 'dividend', value: 0.25, availableAtMs: null };

  it('become corporate actions beside prices as traded, and are columns no more', async () => {
    const { bars, actions, adjFactor, warnings } = await read(RAW);
    expect(actions).toEqual([{ exDate: '2020-08-31', kind: 'split', value: 4, availableAtMs: null }, paid]);
    expect([bars.extra, adjFactor, warnings]).toEqual([{}, null, []]);
  });

  it('give their dividends alone beside prices without the splits', async () => {
    expect((await read(YAHOO, { actions: 'dividends_from_columns' })).actions).toEqual([paid]);
  });

  it('stay columns unless they are asked for', async () => {
    const { bars, actions } = await read(YAHOO, { actions: 'none' });
    expect([Object.keys(bars.extra), actions]).toEqual([['dividends', 'stock_splits', 'capital_gains'], []]);
  });

  it('are refused where the prices say the other thing', async () => {
    expect(await problem(YAHOO)).toEqual([['actions', 'split_in_prices', 'from_columns']]);
    await expect(read(YAHOO)).rejects.toThrow(
      'the open of 2020-08-31 is 1.01 times the close before, where Stock Splits has 4; the prices are adjusted for it already',
    );
    const dividends = { actions: 'dividends_from_columns' } as const;
    expect(await problem(RAW, dividends)).toEqual([['actions', 'split_in_prices', 'dividends_from_columns']]);
  });

  it('are judged by clear ratios: one of 11 for 10 goes with them', async () => {
    const small = RAW.replace('0.2,0.0,0.05', '0.2,1.1,0.05');
    expect((await read(small)).actions!.map(({ value }) => value)).toEqual([4, 1.1, 0.25]);
  });

  it('are refused with line, rule and value where they cannot be', async () => {
    expect(await problem(RAW.replace('0.2,0.0,0.05', '-0.2,0.0,0.05'))).toEqual([
      ['lines[5].value', 'amount', expect.closeTo(-0.15)],
    ]);
    expect(await problem(RAW.replace(',4.0,', ',-4.0,'))).toEqual([['lines[4].value', 'ratio', -4]]);
    const bare = 'date,close\n2020-08-27,1\n2020-08-28,1\n';
    expect(await problem(bare)).toEqual([['actions', 'action_columns', 'from_columns']]);
    expect(await problem(RAW, { adjust: 'adj_close' })).toEqual([['actions', 'one_of', 'from_columns']]);
    const weeks = `${HEADER}2020-08-24,1,1,1,1,1,1,0,0,0\n2020-08-31,1,1,1,1,1,1,0.1,0,0\n`;
    expect(await problem(weeks, { timeframe: '1w' })).toEqual([['actions', 'action_dates', 'from_columns']]);
  });
});
