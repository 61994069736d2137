import type { Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { SessionCalendar } from '../calendars';
import { windowsOf, type BarWindows } from './bar-windows';
import { collectAt, type QualityFinding } from './finding';
import { priceChecks } from './price-checks';
import { sessionChecks } from './session-checks';

export interface QualityReport {
  bars: number;
  timeframe: Timeframe;
  errors: QualityFinding[];
  warnings: QualityFinding[];
}

/**
 * What is wrong with or remarkable about closed bars of one market, on raw prices. Columns that are all NaN are taken
 * as absent and are not looked at. `noticed` are warnings of imports that the bars alone do not show: one of an earlier report, which has
 * a digest, is left out where a bar that it names is another since.
 */
export const qualityReport = (
  bars: BarColumns,
  calendar: SessionCalendar,
  noticed: readonly QualityFinding[] = [],
): QualityReport => qualityOf(windowsOf(bars), calendar, noticed);

/** The same of bars that are looked at a window at a time. */
export function qualityOf(
  bars: BarWindows,
  calendar: SessionCalendar,
  noticed: readonly QualityFinding[],
): QualityReport {
  const found = [...sessionChecks(bars, calendar), ...priceChecks(bars, calendar)];
  const errors: QualityFinding[] = [];
  const warnings: QualityFinding[] = noticed.flatMap((finding) => stillNoticed(bars, finding));
  for (const { severity, ...finding } of found) (severity === 'error' ? errors : warnings).push(finding);
  return { bars: bars.openTimeMs.length, timeframe: bars.timeframe, errors, warnings };
}

/** What is noticed is a step of the price: each bar with the one before it. */
function stillNoticed(bars: BarWindows, finding: QualityFinding): QualityFinding[] {
  const { digest } = collectAt(bars, new Set(finding.sample.map((time) => Date.parse(time))), 1);
  return finding.digest === undefined || finding.digest === digest ? [{ ...finding, digest }] : [];
}
