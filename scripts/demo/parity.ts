/** One bar's values as 64-bit patterns (16 hexadecimal digits each). */
export interface BarBits {
  bar_time: string;
  bits: { features: Record<string, string>; prediction: string; signal: string; weight: string };
}

export interface ParityResult {
  bars: number;
  values: number;
  mismatches: string[];
}

const flat = ({ bits }: BarBits): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(bits.features).map(([name, value]) => [`feature ${name}`, value])),
  prediction: bits.prediction,
  signal: bits.signal,
  weight: bits.weight,
});

/**
 * Compares what the trade worker logged with what the backtest computed, bar by bar and bit by bit.
 * A bar or a value that one side lacks is a mismatch, so an empty comparison can never pass as equal.
 */
export function compareBits(batch: BarBits[], streamed: BarBits[], expectedBars: number): ParityResult {
  const mismatches: string[] = [];
  let values = 0;
  const byTime = new Map(batch.map((row) => [row.bar_time, row]));
  if (streamed.length !== expectedBars)
    mismatches.push(`expected ${expectedBars} logged bars, found ${streamed.length}`);
  if (new Set(streamed.map((row) => row.bar_time)).size !== streamed.length) mismatches.push('a bar was logged twice');
  for (const row of streamed) {
    const twin = byTime.get(row.bar_time);
    if (!twin) {
      mismatches.push(`${row.bar_time}: not in the backtest`);
      continue;
    }
    const [a, b] = [flat(twin), flat(row)];
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      values += 1;
      if (a[name] === undefined || a[name] !== b[name]) {
        mismatches.push(`${row.bar_time} ${name}: backtest ${a[name] ?? 'absent'}, trade ${b[name] ?? 'absent'}`);
      }
    }
  }
  return { bars: streamed.length, values, mismatches };
}
