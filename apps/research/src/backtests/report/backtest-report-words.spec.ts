import { madeBacktestReport } from '../../../test/made-backtest-report';
import { conclusionOf, notesOf } from './backtest-report-words';

const { backtest, courses, prices } = madeBacktestReport();

describe('the words of the report of a backtest', () => {
  it('say what came of it beside buying and holding', () => {
    expect(conclusionOf(backtest, courses)).toBe(
      'Returned 12.34 % after costs in 4 bars from 2024-01-02 to 2024-01-05; buying and holding returned -5.00 %.',
    );
    expect(conclusionOf({ metrics: null, buy_hold_metrics: null }, courses)).toContain('Returned – after costs');
  });

  it('note made-up and locked bars, warnings, repetition and prices that are gone', () => {
    const sound = notesOf({ synthetic: [], backtest, prices, ofUniverse: false });
    expect(sound).toEqual([expect.stringContaining('it is no evidence by itself'), 'Past figures promise nothing.']);
    const notes = notesOf({
      synthetic: ['A', 'B'],
      backtest: {
        warnings: [{ code: 'never_fires', message: 'the rules never fire' }],
        rerun: { of: 'x', same_bars: true, same_result: false },
        data: { ...backtest.data!, locked_from: '2024-02-01T00:00:00.000Z' },
      },
      prices: null,
      ofUniverse: false,
    });
    expect(notes).toEqual([
      'The bars of A and B are made up: what they prove says nothing about a market.',
      'the rules never fire',
      'Bars from 2024-02-01 on are locked and were not read.',
      'Repeats another run on the same bars, with another result.',
      'The bars are no longer stored as they were read: their prices are not drawn.',
      ...sound,
    ]);
    expect(notesOf({ synthetic: [], backtest, prices: null, ofUniverse: true })).toEqual(sound);
  });
});
