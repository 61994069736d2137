import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BarColumns } from '@assay/domain';
import { createRng } from '@assay/quant';
import { calendarFor } from '../calendars';
import { BarSpoolWriter, SpooledBars } from '../spool';
import { windowsOfSpool } from './bar-windows';
import { qualityOf, qualityReport } from './quality-report';

const HOUR_MS = 3_600_000;
const BARS = 500;

/** Hours with a gap, an outlier, a wrong print, a step like a split's, equal bars, bars without volume and one out of its range. */
function faulty(): BarColumns {
  const rng = createRng(7);
  const column = (): Float64Array => new Float64Array(BARS);
  const bars = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 100;
  for (let i = 0; i < BARS; i += 1) {
    bars.open[i] = price;
    price *= (1 + rng.normal() / 1000) * (i === 211 ? 1.3 : 1);
    if (i === 350) bars.open[i] = price = bars.close[i - 1]! / 4;
    bars.close[i] = i === 97 ? price * 1.5 : price;
    bars.high[i] = Math.max(bars.open[i]!, bars.close[i]!) * 1.001;
    bars.low[i] = Math.min(bars.open[i]!, bars.close[i]!) * 0.999;
    bars.volume[i] = i % 41 === 0 ? 0 : i;
  }
  bars.high[300] = bars.low[300]! / 2;
  for (const values of Object.values(bars)) values.fill(values[400]!, 401, 420);
  const openTimeMs = Float64Array.from({ length: BARS }, (_, i) => Date.UTC(2024, 0, 1) + (i + (i > 120 ? 9 : 0)) * HOUR_MS); // prettier-ignore
  return { symbol: 'XYZ', source: 'test', timeframe: '1h', openTimeMs, ...bars, extra: {} };
}

describe('bars on disk that are judged a window at a time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-windows-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const bars = faulty();
  const calendar = calendarFor('CRYPTO');

  it.each([1, 2, 7, 100, BARS, 2 * BARS])('give the report of those in memory, in windows of %d', (rows) => {
    const writer = new BarSpoolWriter(join(folder, String(rows)), { ...bars, extra: [] });
    writer.append({ bars, adjFactor: new Float64Array(BARS).fill(1) });
    const spooled = new SpooledBars(writer.close(false));
    const report = qualityOf(windowsOfSpool(spooled, rows), calendar, []);
    spooled.close();
    expect(report).toEqual(qualityReport(bars, calendar));
  });

  it('of which the report finds all of these', () => {
    const { errors, warnings } = qualityReport(bars, calendar);
    const codes = new Set([...errors, ...warnings].map(({ code }) => code));
    expect([...codes].sort()).toEqual([
      ...['constant_run', 'inconsistent_range', 'missing_bars', 'outlier', 'possible_split', 'repeated_bar', 'spike'],
      'zero_volume',
    ]);
  });
});
