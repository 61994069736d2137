import { accountingDocument, accountingText } from './accounting';

const costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };

describe('the accounting of a run', () => {
  it('is one line that leaves out costs of 0', () => {
    const run = { mode: 'all_in', fill: 'close', costs, periodsPerYear: 252 } as const;
    expect(accountingText(run)).toBe('accounting all_in, fill close, fee 5 bps per side, 252 bars per year\n');
    expect(accountingText({ ...run, costs: { feeBps: 0, slippageBps: 2, spreadBps: 1 } })).toBe(
      'accounting all_in, fill close, fee 0 bps per side, slippage 2 bps per side, spread 1 bps, 252 bars per year\n',
    );
  });

  it('gives no figure for a cost that each cell of a sweep has its own of', () => {
    const run = { mode: 'weight', fill: 'close', costs: { ...costs, feeBps: null }, periodsPerYear: 252 } as const;
    expect(accountingText(run)).toBe('accounting weight, fill close, fee of each cell, 252 bars per year\n');
    expect(accountingDocument(run)).toMatchObject({ fee_bps: null, slippage_bps: 0 });
  });

  it('has every cost in the document', () => {
    expect(accountingDocument({ mode: 'weight', fill: 'next_open', costs, periodsPerYear: 365 })).toEqual({
      mode: 'weight',
      fill: 'next_open',
      fee_bps: 5,
      slippage_bps: 0,
      spread_bps: 0,
      periods_per_year: 365,
    });
  });
});
