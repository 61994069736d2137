import type { BarColumns } from '@assay/domain';
import { HOUR_MS } from '@assay/primitives';
import { calendarFor } from '../calendars';
import { coverageOf, missingOpens } from './coverage';
import { coverageSvg } from './coverage-svg';

const us = calendarFor('US');
const barsAt = (openTimeMs: number[], timeframe: '1d' | '1h' | '1w'): BarColumns => {
  const column = new Float64Array(openTimeMs.length).fill(1);
  const prices = { open: column, high: column, low: column, close: column, volume: column };
  return { symbol: 'X', source: 'test', timeframe, openTimeMs: Float64Array.from(openTimeMs), ...prices, extra: {} };
};

describe('coverage', () => {
  it('counts daily bars a session, and those on a day without one', () => {
    const dates = ['2024-07-02', '2024-07-03', '2024-07-04', '2024-07-08'];
    const { sessions, expected, present, outside } = coverageOf(barsAt(dates.map(Date.parse), '1d'), us);
    expect(sessions).toEqual(['2024-07-02', '2024-07-03', '2024-07-05', '2024-07-08']);
    expect([[...expected], [...present], outside]).toEqual([[1, 1, 1, 1], [1, 1, 0, 1], [2]]);
  });

  it('counts a bar a week, on its first session or another date of it', () => {
    const dates = ['2024-01-02', '2024-01-08', '2024-01-15', '2024-01-29'];
    const { sessions, present, outside } = coverageOf(barsAt(dates.map(Date.parse), '1w'), us);
    expect(sessions).toEqual(['2024-01-02', '2024-01-08', '2024-01-16', '2024-01-22', '2024-01-29']);
    expect([[...present], outside]).toEqual([[1, 1, 1, 0, 1], []]);
  });

  it('counts hourly bars of whole and of half days, on and off their expected times', () => {
    const opens = ['2024-07-02', '2024-07-03', '2024-07-05'].flatMap((date) => us.barOpens(date, '1h'));
    const half = opens.indexOf(us.sessionOpenMs('2024-07-03'));
    const late = us.sessionCloseMs('2024-07-03') + HOUR_MS;
    const kept = opens.filter((_, i) => i !== half + 1);
    kept.splice(kept.indexOf(opens[half + 2]) + 2, 0, late);
    kept[3] += HOUR_MS / 2;
    const bars = barsAt(kept, '1h');
    const coverage = coverageOf(bars, us);
    expect([...coverage.expected]).toEqual([7, 4, 7]);
    expect([...coverage.present]).toEqual([6, 3, 7]);
    expect([...coverage.inside]).toEqual([7, 3, 7]);
    expect(coverage.outside.map((i) => kept[i])).toEqual([late]);
    expect([...missingOpens(bars, us, coverage)]).toEqual([opens[3], opens[half + 1]]);
  });

  it('expects nothing before the first bar and after the last', () => {
    const opens = us.barOpens('2024-07-02', '1h');
    const { expected, present } = coverageOf(barsAt(opens.slice(2, 5), '1h'), us);
    expect([[...expected], [...present]]).toEqual([[3], [3]]);
  });

  it('is drawn with a cell a session, titled, and escapes what the user named', () => {
    const dates = ['2023-12-29', '2024-01-01', '2024-01-03'];
    const coverage = coverageOf(barsAt(dates.map(Date.parse), '1d'), us);
    const svg = coverageSvg('A&<B>', coverage, ['2024-01-01']);
    expect(svg).toContain('<title>A&amp;&lt;B&gt;</title>');
    expect(svg).toContain('<title>2023-12-29: 1 of 1 bars</title>');
    expect(svg).toContain('<title>2024-01-02: no bar</title>');
    expect(svg).toContain('stroke-width="1.5"><title>2024-01-01: closed, but has a bar</title>');
    expect(svg.match(/<title>20/g)).toHaveLength(6);
    expect(svg).not.toContain('2024-01-04');
  });
});
