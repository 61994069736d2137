const WIDTH = 72;
const HEIGHT = 14;

const sample = (values: number[], column: number): number =>
  values[Math.round((column / (WIDTH - 1)) * (values.length - 1))];

/**
 * Draws two equity curves over the same dates in the terminal, on a logarithmic axis.
 * `strategy` is drawn with `*`, `benchmark` with `.`; where both fall on one cell the strategy wins.
 */
export function equityPlot(title: string, dates: string[], strategy: number[], benchmark: number[]): string[] {
  const positive = [...strategy, ...benchmark].filter((v) => v > 0);
  const low = Math.log(Math.min(...positive));
  const high = Math.log(Math.max(...positive));
  const span = high - low || 1;
  const row = (value: number): number =>
    value > 0 ? Math.round((1 - (Math.log(value) - low) / span) * (HEIGHT - 1)) : HEIGHT - 1;
  const cells = Array.from({ length: HEIGHT }, () => Array<string>(WIDTH).fill(' '));
  for (const [values, mark] of [
    [benchmark, '.'],
    [strategy, '*'],
  ] as const) {
    for (let column = 0; column < WIDTH; column++) cells[row(sample(values, column))][column] = mark;
  }
  const axis = (r: number): string => Math.exp(high - (r / (HEIGHT - 1)) * span).toFixed(2);
  return [
    `  ${title}   * strategy   . buy and hold   (log axis, start = 1)`,
    ...cells.map(
      (line, r) => `  ${(r % 4 === 0 || r === HEIGHT - 1 ? axis(r) : '').padStart(7)} |${line.join('').trimEnd()}`,
    ),
    `  ${''.padStart(7)} +${'-'.repeat(WIDTH)}`,
    `  ${''.padStart(9)}${dates[0]}${dates[dates.length - 1].padStart(WIDTH - dates[0].length)}`,
  ];
}
