import type { EvidenceFile, RecordedSeries } from '@assay/contracts';
import { sliceBars, type BarColumns } from '@assay/domain';
import { barsFingerprint } from '@assay/primitives';
import { changedBars } from './bar-marks';
import type { EvidenceFinding } from './check-evidence';
import { marksOf, numbersOf, readContent } from './contents';

/** How many bars are named one by one. */
const NAMED = 10;

/** Bars of a file as the record has them, and what is wrong with them. */
export interface CheckedBars {
  /** From the first to the last recorded bar, with the recorded columns. */
  bars: BarColumns;
  findings: EvidenceFinding[];
  /** Bars of the file before and after the recorded ones, which nothing is said of. */
  ignored: number;
}

/** Holds the bars of a file to a recorded series, and names those that differ. */
export function checkBars(recorded: RecordedSeries, content: EvidenceFile['content'], file: BarColumns): CheckedBars {
  const { symbol, extra_columns: extra, first_bar, until } = recorded;
  const [first, last] = [Date.parse(first_bar), Date.parse(until)];
  const from = file.openTimeMs.findIndex((time) => time >= first);
  const inside = from < 0 ? [] : Array.from(file.openTimeMs.subarray(from)).findIndex((time) => time > last);
  const to = from < 0 ? 0 : inside === -1 ? file.openTimeMs.length : from + (inside as number);
  const cut = sliceBars(file, Math.max(from, 0), to);
  const missing = extra.filter((name) => !Object.hasOwn(cut.extra, name));
  const bars: BarColumns = {
    ...cut,
    symbol,
    extra: Object.fromEntries(extra.flatMap((name) => (missing.includes(name) ? [] : [[name, cut.extra[name]!]]))),
  };
  const ignored = file.openTimeMs.length - bars.openTimeMs.length;
  const finding = (message: string): EvidenceFinding => ({
    part: 'bars',
    message: `bars of ${symbol}: ${message}`,
    isInTheWay: true,
  });
  if (missing.length > 0) return { bars, ignored, findings: [finding(`the column ${missing.join(', ')} is missing`)] };
  const actual = barsFingerprint(bars);
  if (actual === recorded.fingerprint) return { bars, ignored, findings: [] };
  const named = nameChanges(recorded, content, bars).map(finding);
  const whole = finding(`must hash to ${recorded.fingerprint}, was ${actual}`);
  return { bars, ignored, findings: [...named, whole] };
}

function nameChanges(recorded: RecordedSeries, content: EvidenceFile['content'], bars: BarColumns): string[] {
  const [times, rows, blocks] = [recorded.times, recorded.rows, recorded.blocks].map(
    (sha256) => readContent(content, sha256).bytes,
  );
  if (!times || !rows || !blocks) return ['which bars differ cannot be told, since the marks are not as they were'];
  const { changed, missing, added } = changedBars(
    numbersOf(times),
    { rows: marksOf(rows), blocks: marksOf(blocks) },
    bars,
  );
  const at = (time: number): string => new Date(time).toISOString();
  const some = (what: string, lines: string[]): string[] => [
    ...lines.slice(0, NAMED),
    ...(lines.length > NAMED ? [`${lines.length - NAMED} more ${what}`] : []),
  ];
  return [
    ...some(
      'bars changed',
      changed.map(
        ({ openTimeMs, fields }) => `the bar of ${at(openTimeMs)} changed${fields ? ` in ${fields.join(' or ')}` : ''}`,
      ),
    ),
    ...some(
      'bars are missing',
      missing.map((time) => `the bar of ${at(time)} is missing`),
    ),
    ...some(
      'bars were added',
      added.map((time) => `the bar of ${at(time)} was not there`),
    ),
  ];
}
