import { luckMethods, stressedRows, stressNotes } from './robustness-rows';

describe('rows of what a run would have been otherwise', () => {
  it('are one a scenario, two of one that was drawn', () => {
    const rows = stressedRows([
      { scenario: 'fees_x2', what: 'fees', metrics: { sharpe_ratio: 1 }, worst_5: null },
      { scenario: 'missed_fills', what: 'missed', metrics: { sharpe_ratio: 2 }, worst_5: { sharpe_ratio: 0.5 } },
      { scenario: 'new_one', what: 'something newer', metrics: {}, worst_5: null },
    ]);
    expect(rows.map(({ name, metrics }) => [name, metrics.sharpe_ratio])).toEqual([
      ['Fees twice as high', 1],
      ['5 % of the orders not filled, typical', 2],
      ['5 % of the orders not filled, worst 1 in 20', 0.5],
      ['something newer', undefined],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
  });

  it('say which scenarios can be no other than the run', () => {
    expect(stressNotes({ fees: 0.01, slippage: 0.001, spread: 0 })).toEqual([]);
    expect(stressNotes({ fees: 0.01, slippage: 0, spread: 0.002 })).toEqual([]);
    expect(stressNotes({ fees: 0.01, slippage: 0, spread: 0 })).toEqual([
      expect.stringMatching(/^No slippage, spread or impact was charged: three times/),
    ]);
    expect(stressNotes({ fees: 0, slippage: 0, spread: 0 })).toEqual([
      expect.stringMatching(/^No fees were charged: twice/),
      expect.stringMatching(/^No slippage/),
    ]);
    expect(stressNotes(null)).toEqual([]);
  });

  it('have the quantiles of what was drawn, or why nothing was', () => {
    const item = { metric: 'sharpe_ratio', observed: 1, lower_5: 0, lower_25: 1, median: 2, upper_75: 3, upper_95: 4 };
    const [drawn, none] = luckMethods([
      {
        method: 'trade_order',
        what: 'the same trades',
        draws: 100,
        why: null,
        items: [{ ...item, worst: -1, as_good: 0.2 }],
      },
      { method: 'price_blocks', what: 'histories', draws: 0, why: 'a model has seen them', items: [] },
    ]);
    expect(drawn).toMatchObject({ title: 'Its trades in another order', what: 'The same trades.', why: null });
    expect(drawn!.rows).toEqual([
      { metric: 'sharpe_ratio', observed: 1, median: 2, quantiles: [0, 1, 2, 3, 4], worst: -1, asGood: 0.2 },
    ]);
    expect(none).toMatchObject({ why: 'A model has seen them.', rows: [] });
    const [broken] = luckMethods([{ method: 'trade_order', items: [{ ...item, median: null }] }]);
    expect(broken!.rows[0]!.quantiles).toBeNull();
  });
});
