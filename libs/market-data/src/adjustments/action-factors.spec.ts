import type { Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import fc from 'fast-check';
import { calendarFor } from '../calendars';
import { actionSteps } from './action-factors';
import { adjustBars } from './adjust-bars';
import { inOrder, type CorporateAction } from './corporate-action';
import { factorsAt } from './factor-steps';

const US = calendarFor('US');
type Closes = Pick<BarColumns, 'openTimeMs' | 'close' | 'timeframe'>;

const daily = (dates: readonly string[], close: readonly number[], timeframe: Timeframe = '1d'): Closes => ({
  openTimeMs: Float64Array.from(dates, (date) => Date.parse(date)),
  close: Float64Array.from(close),
  timeframe,
});
const split = (exDate: string, value: number): CorporateAction => ({ exDate, kind: 'split', value });
const dividend = (exDate: string, value: number): CorporateAction => ({ exDate, kind: 'dividend', value });
const totals = (bars: Closes, actions: CorporateAction[], of: 'splits' | 'total' = 'total'): number[] => [
  ...factorsAt(bars.openTimeMs, actionSteps(bars, actions, US).steps, of),
];

describe('factors of corporate actions', () => {
  // Yahoo's explanation of its adjusted close, which names the standards of CRSP: a split of 2 for 1 with ex-date
  // 2003-02-18 and a dividend of 0.08 with ex-date 2003-02-19; the adjusted closes are printed to the cent.
  it('are those of the published example', () => {
    const bars = daily(['2003-02-13', '2003-02-14', '2003-02-18', '2003-02-19'], [46.99, 48.3, 24.96, 24.53]);
    const factors = totals(bars, [dividend('2003-02-19', 0.08), split('2003-02-18', 2)]);
    expect(factors[2]!.toFixed(4)).toBe('0.9968');
    expect(factors.map((factor, i) => (factor * bars.close[i]!).toFixed(2))).toEqual([
      '23.42',
      '24.07',
      '24.88',
      '24.53',
    ]);
    expect(totals(bars, [dividend('2003-02-19', 0.08), split('2003-02-18', 2)], 'splits')).toEqual([0.5, 0.5, 1, 1]);
  });

  it('take a dividend of the date of a split per new share', () => {
    const bars = daily(['2024-06-06', '2024-06-07'], [100, 24]);
    expect(totals(bars, [dividend('2024-06-07', 1), split('2024-06-07', 4)])).toEqual([(1 - 1 / 25) / 4, 1]);
  });

  it('put a reverse split the other way', () => {
    expect(totals(daily(['2024-06-06', '2024-06-07'], [1, 10]), [split('2024-06-07', 0.1)])).toEqual([10, 1]);
  });

  it('come of actions that part the bars only, and the others are told', () => {
    const bars = daily(['2024-06-06', '2024-06-07'], [100, 100]);
    const [early, first, late] = [split('2024-01-02', 2), dividend('2024-06-06', 1), split('2024-06-10', 3)];
    const { steps, idle } = actionSteps(bars, [late, first, early], US);
    expect(steps).toEqual([]);
    expect(idle).toEqual([
      { action: early, code: 'before_first_bar' },
      { action: first, code: 'before_first_bar' },
      { action: late, code: 'after_last_bar' },
    ]);
  });

  it('are refused for a dividend that is not less than the close before', () => {
    const bars = daily(['2024-06-06', '2024-06-07'], [100, 100]);
    expect(() => totals(bars, [dividend('2024-06-07', 100)])).toThrow(
      'the dividend of 2024-06-07 (100 a share) must be less than the close before it, 100 on the basis of that date, was 100',
    );
    expect(() => totals(bars, [split('2024-06-07', 4), dividend('2024-06-07', 25)])).toThrow('25 on the basis');
  });

  it('are refused beyond what leaves prices and volumes numbers', () => {
    const days = US.sessions('2024-01-02', '2024-02-15');
    const bars = daily(days, Array(days.length).fill(1));
    const splits = days.slice(1, 19).map((date) => split(date, 1e6));
    expect(() => totals(bars, splits)).toThrow(
      'corporate actions from 2024-01-03 on must multiply the prices before them by 1e-100 to 1e100 in all',
    );
    expect(totals(bars, splits.slice(0, 16))[0]).toBeCloseTo(1e-96, 105);
    expect(() =>
      totals(
        bars,
        splits.map(({ exDate }) => split(exDate, 1e-6)),
      ),
    ).toThrow('1e-100 to 1e100');
  });

  it('have no effect at the end of the calendar, in periods that end beyond it', () => {
    const last = dividend('9999-12-31', 1);
    for (const timeframe of ['1h', '1d', '1w', '1M'] as const) {
      const { steps, idle } = actionSteps(daily(['2024-01-01', '2024-02-05'], [2, 2], timeframe), [last], US);
      expect([steps, idle]).toEqual([[], [{ action: last, code: 'after_last_bar' }]]);
    }
  });

  it('begin with the month of the first century in which they are', () => {
    const months = daily(['0050-05-01', '0050-06-01'], [2, 2], '1M');
    expect(totals(months, [split('0050-06-10', 2)])).toEqual([0.5, 1]);
  });

  it('part intraday bars where the date of the market changes, those before the opening included', () => {
    const times = ['2024-06-07T19:30Z', '2024-06-07T23:00Z', '2024-06-10T12:00Z', '2024-06-10T13:30Z'];
    expect(totals(daily(times, [1200, 1205, 121, 120], '30m'), [split('2024-06-10', 10)])).toEqual([0.1, 0.1, 1, 1]);
    const globex = calendarFor('CME');
    const eve = daily(['2024-06-07T20:00Z', '2024-06-09T22:00Z'], [10, 5], '1h');
    expect(actionSteps(eve, [split('2024-06-10', 2)], globex).steps).toMatchObject([{ total: 0.5 }]);
    expect(factorsAt(eve.openTimeMs, actionSteps(eve, [split('2024-06-10', 2)], globex).steps, 'total')).toEqual(
      Float64Array.of(0.5, 1),
    );
  });

  it('take a week or month with sessions on both sides as after it, since it closes there', () => {
    const weeks = daily(['2024-06-03', '2024-06-10', '2024-06-17'], [1200, 130, 126], '1w');
    expect(totals(weeks, [split('2024-06-12', 10)])).toEqual([0.1, 1, 1]);
    // a Saturday has no session after it in its week
    expect(totals(weeks, [split('2024-06-15', 10)])).toEqual([0.1, 0.1, 1]);
    const months = daily(['2024-05-01', '2024-06-03', '2024-07-01'], [1100, 124, 117], '1M');
    expect(totals(months, [split('2024-06-10', 10)])).toEqual([0.1, 1, 1]);
  });

  it('carry a close over several actions between two weeks', () => {
    const weeks = daily(['2024-06-03', '2024-06-10'], [100, 48], '1w');
    // 100 goes ex 2 to 98, becomes 49, goes ex 1 to 48
    const actions = [dividend('2024-06-11', 2), split('2024-06-12', 2), dividend('2024-06-13', 1)];
    expect(totals(weeks, actions)[0]).toBeCloseTo(48 / 100, 15);
  });
});

describe('adjusted series, by what a holder has', () => {
  const DATES = US.sessions('2024-01-02', '2024-04-30');
  const world = fc.record({
    close: fc.array(fc.double({ min: 5, max: 500, noNaN: true }), { minLength: DATES.length, maxLength: DATES.length }),
    actions: fc.uniqueArray(
      fc.record({
        at: fc.integer({ min: 1, max: DATES.length - 1 }),
        kind: fc.constantFrom('split' as const, 'dividend' as const),
        size: fc.double({ min: 0.01, max: 0.6, noNaN: true }),
        ratio: fc.constantFrom(0.1, 0.5, 1.5, 2, 3, 7, 20),
      }),
      { maxLength: 12, selector: ({ at, kind }) => `${at} ${kind}` },
    ),
  });

  /** The drawn actions, a dividend being a share of the price as it is on its date. */
  const actionsOf = (
    close: readonly number[],
    drawn: { at: number; kind: 'split' | 'dividend'; size: number; ratio: number }[],
  ) =>
    inOrder(
      drawn.map(({ at, kind, size, ratio }): CorporateAction => {
        if (kind === 'split') return split(DATES[at]!, ratio);
        const same = drawn.find((other) => other.at === at && other.kind === 'split');
        return dividend(DATES[at]!, (size * close[at - 1]!) / (same?.ratio ?? 1));
      }),
    );

  /** Forward from one share: splits multiply shares, dividends buy more at the last close less the dividend. */
  const wealth = (close: readonly number[], actions: readonly CorporateAction[]): number[] => {
    let shares = 1;
    return close.map((price, i) => {
      let last = close[i - 1]!;
      for (const { exDate, kind, value } of actions) {
        if (exDate !== DATES[i]) continue;
        if (kind === 'split') [shares, last] = [shares * value, last / value];
        else shares += (shares * value) / (last - value);
      }
      return shares * price;
    });
  };

  it('return what buying and reinvesting returns', () => {
    fc.assert(
      fc.property(world, ({ close, actions: drawn }) => {
        const actions = actionsOf(close, drawn);
        const adjusted = totals(daily(DATES, close), actions).map((factor, i) => factor * close[i]!);
        const held = wealth(close, actions);
        for (let i = 1; i < close.length; i += 1) {
          const [got, must] = [adjusted[i]! / adjusted[0]!, held[i]! / held[0]!];
          expect(Math.abs(got / must - 1)).toBeLessThan(1e-12);
        }
        expect(adjusted.at(-1)).toBe(close.at(-1));
      }),
      { numRuns: 200 },
    );
  });

  it('keep what was traded in the view of splits, and take no dividend out of it', () => {
    fc.assert(
      fc.property(world, ({ close, actions: drawn }) => {
        const actions = actionsOf(close, drawn);
        const splitsOnly = actions.filter(({ kind }) => kind === 'split');
        const column = Float64Array.from(close);
        const volume = column.map((price) => Math.round(1e6 / price));
        const bars: BarColumns = {
          ...{ symbol: 'X', source: 's', ...daily(DATES, close), extra: {} },
          ...{ open: column, high: column, low: column, close: column, volume },
        };
        const { steps } = actionSteps(bars, actions, US);
        const view = adjustBars(bars, factorsAt(bars.openTimeMs, steps, 'splits'), 'splits');
        const held = wealth(close, splitsOnly);
        view.close.forEach((price, i) => {
          expect(Math.abs((price * view.volume[i]!) / (column[i]! * volume[i]!) - 1)).toBeLessThan(1e-12);
          expect(Math.abs(price / view.close[0]! / (held[i]! / held[0]!) - 1)).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 100 },
    );
  });
});
