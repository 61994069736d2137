import type { Histogram } from '@assay/market-data/frames';
import { shown } from './table';

const WIDTH = 40;
const FULL = '#';

/** A bar a bin, as long as its count is to that of the fullest one; a bin that has anything has a mark. */
export function histogramText({ edges, counts }: Histogram): string {
  const most = Math.max(...counts);
  const labels = edges.map(shown);
  const width = Math.max(...labels.map((label) => label.length));
  const digits = String(most).length;
  const lines = counts.map((count, bin) => {
    const from = labels[bin].padStart(width);
    const to = labels[bin + 1].padStart(width);
    return `${from} to ${to}  ${String(count).padStart(digits)}  ${FULL.repeat(Math.ceil((count / most) * WIDTH))}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}
