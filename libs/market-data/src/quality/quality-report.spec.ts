import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BarColumns } from '@assay/domain';
import { DAY_MS } from '@assay/primitives';
import { calendarFor } from '../calendars';
import { readBarsText } from '../files';
import { qualityReport, type QualityCode, type QualityReport } from './index';

const us = calendarFor('US');
const crypto = calendarFor('CRYPTO');
const file = (path: string): BarColumns =>
  readBarsText(readFileSync(join(__dirname, '../../../../node_modules', path))).bars;

/** Clean bars on the sessions of 2019 with moves of about one percent. */
function clean(): BarColumns {
  const dates = us.sessions('2019-01-02', '2019-12-31');
  const close = Float64Array.from(dates, (_, i) => 100 + Math.sin(i * 1.7) + i / 100);
  return {
    symbol: 'X',
    source: 'test',
    timeframe: '1d',
    openTimeMs: Float64Array.from(dates, (date) => Date.parse(date)),
    open: close.map((value) => value - 0.1),
    high: close.map((value) => value + 1),
    low: close.map((value) => value - 1),
    close,
    volume: close.map(() => 1000),
    extra: {},
  };
}
const without = (bars: BarColumns, dropped: readonly number[]): BarColumns => {
  const keep = (column: Float64Array): Float64Array => column.filter((_, i) => !dropped.includes(i));
  const { openTimeMs, open, high, low, close, volume } = bars;
  const columns = { open: keep(open), high: keep(high), low: keep(low), close: keep(close), volume: keep(volume) };
  return { ...bars, openTimeMs: keep(openTimeMs), ...columns };
};
const codes = (report: QualityReport): QualityCode[] => [...report.errors, ...report.warnings].map(({ code }) => code);

describe('the quality report', () => {
  it('finds nothing in clean bars', () => expect(codes(qualityReport(clean(), us))).toEqual([]));

  it('says that the S&P index opens at its previous close on a third of its bars, nearly always until 2005', () => {
    const report = qualityReport(file('vega-datasets/data/sp500-2000.csv'), us);
    const found = report.warnings.find(({ code }) => code === 'open_equals_previous_close')!;
    expect(report.errors).toEqual([]);
    expect(found.share).toBeCloseTo(0.345, 3);
    expect(found.message).toContain('in 2000 to 2005 nearly all');
    expect((found.facts!.share_by_year as Record<string, number>)[2016]).toBe(0);
  });

  it('finds nothing in AAPL', () => {
    expect(codes(qualityReport(file('@observablehq/sample-datasets/aapl.csv'), us))).toEqual([]);
  });

  it('counts missing sessions and the longest gap', () => {
    const [found] = qualityReport(without(clean(), [10, 50, 51, 52]), us).warnings;
    expect(found).toMatchObject({ code: 'missing_sessions', count: 4, facts: { longest_gap_sessions: 3 } });
    expect(found.sample[0]).toBe(us.sessions('2019-01-02', '2019-12-31')[10]);
  });

  it('calls a bar on a holiday an error', () => {
    const bars = clean();
    bars.openTimeMs[2] = Date.parse('2019-01-06');
    expect(qualityReport(bars, us).errors).toMatchObject([{ code: 'outside_session', sample: ['2019-01-06'] }]);
  });

  it('calls falling times, impossible prices and ranges that exclude the close errors', () => {
    const order = clean();
    order.openTimeMs[5] = order.openTimeMs[4];
    const price = clean();
    price.close[7] = NaN;
    const range = clean();
    range.high[9] = range.close[9] - 0.5;
    expect(codes(qualityReport(order, us))).toContain('not_rising');
    expect(qualityReport(price, us).errors[0]).toMatchObject({ code: 'invalid_price', count: 1 });
    expect(qualityReport(range, us).errors[0]).toMatchObject({ code: 'inconsistent_range', count: 1 });
  });

  it('warns of bars without volume, standing prices and outliers', () => {
    const bars = clean();
    bars.volume[3] = 0;
    bars.close.fill(bars.close[20], 20, 27);
    bars.high.fill(200);
    bars.low.fill(10);
    bars.close[100] *= 1.9;
    const report = qualityReport(bars, us);
    expect(codes(report)).toEqual(['zero_volume', 'constant_run', 'outlier']);
    expect(report.warnings[1]).toMatchObject({ count: 1, facts: { longest_bars: 7 } });
    expect(report.warnings[2].count).toBe(2);
  });

  it('takes absent columns as absent', () => {
    const { close, openTimeMs } = clean();
    const none = (): Float64Array => new Float64Array(close.length).fill(NaN);
    const bars = { ...clean(), openTimeMs, close, open: none(), high: none(), low: none(), volume: none() };
    expect(codes(qualityReport(bars, us))).toEqual([]);
  });

  it('finds missing hours inside sessions', () => {
    const opens = us.sessions('2019-03-04', '2019-03-15').flatMap((date) => us.barOpens(date, '1h'));
    const column = Float64Array.from(opens, (_, i) => 100 + Math.sin(i));
    const hourly = { ...clean(), timeframe: '1h' as const, openTimeMs: Float64Array.from(opens) };
    const bars = {
      ...hourly,
      open: column.map((x) => x - 0.1),
      high: column.map((x) => x + 9),
      low: column.map((x) => x - 9),
    };
    const whole = { ...bars, close: column, volume: column };
    expect(codes(qualityReport(whole, us))).toEqual([]);
    expect(qualityReport(without(whole, [4, 8]), us).warnings).toMatchObject([{ code: 'missing_bars', count: 2 }]);
  });

  it('does not compare dates the calendar does not know', () => {
    const bars = clean();
    bars.openTimeMs.forEach((_, i) => (bars.openTimeMs[i] -= 25 * 365 * DAY_MS));
    expect(codes(qualityReport(bars, us))).toEqual(['calendar_not_covered']);
  });

  it('expects an open at the previous close where the market never closes', () => {
    const bars = clean();
    bars.openTimeMs.forEach((_, i) => (bars.openTimeMs[i] = i * DAY_MS));
    for (let i = 1; i < bars.open.length; i += 1) bars.open[i] = bars.close[i - 1];
    bars.high.fill(200);
    bars.low.fill(10);
    expect(codes(qualityReport(bars, crypto))).toEqual([]);
  });
});
