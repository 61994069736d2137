import { longBars } from './indicators';

const MINUTE_MS = 60_000;

/** Minutes of a made-up market as CSV. */
export function minuteBarsCsv(rows: number): string {
  const bars = longBars(rows);
  const [high, low, close] = [0, 1, 2].map((column) => bars.subarray(column * rows, (column + 1) * rows));
  const lines = ['date,open,high,low,close,volume'];
  for (let i = 0; i < rows; i += 1) {
    const time = `${new Date(Date.UTC(2020, 0, 1) + i * MINUTE_MS).toISOString().slice(0, 19)}Z`;
    lines.push([time, ...[close, high, low, close].map((column) => column[i].toFixed(4)), i % 10_000].join(','));
  }
  return `${lines.join('\n')}\n`;
}
