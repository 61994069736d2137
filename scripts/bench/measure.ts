/** Times of several runs of one thing in milliseconds. */
export interface Times {
  readonly median: number;
  /** What a machine shared with others would have given alone. */
  readonly best: number;
}

/** Times of `runs` calls after `warmUp` calls. */
export function timesOf(run: () => void, runs = 15, warmUp = 5): Times {
  for (let i = 0; i < warmUp; i++) run();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return summary(times);
}

/** Times of several forms of one thing, run in turn: what else the machine does meets all. A second thread warms up slowly. */
export async function timesInTurn(forms: readonly (() => unknown)[], runs = 15, warmUp = 15): Promise<Times[]> {
  const times = forms.map((): number[] => []);
  for (let i = -warmUp; i < runs; i++)
    for (const [k, run] of forms.entries()) {
      const start = performance.now();
      await run();
      if (i >= 0) times[k].push(performance.now() - start);
    }
  return times.map(summary);
}

/** The same of two. */
export async function timesOfTwo(
  first: () => unknown,
  second: () => unknown,
  runs?: number,
  warmUp?: number,
): Promise<[Times, Times]> {
  const [one, two] = await timesInTurn([first, second], runs, warmUp);
  return [one, two];
}

function summary(times: number[]): Times {
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], best: times[0] };
}

/** Milliseconds of processor time, the median of several: what else the machine does is not in it. */
export function processorTime(run: () => void, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((a, b) => a - b)[runs >> 1];
}

/** Area under the receiver's curve, of chances without equals but for few. */
export function areaUnderCurve(chances: Float64Array, labels: Float64Array): number {
  const order = Array.from(chances.keys()).sort((i, j) => chances[i] - chances[j]);
  let [ranks, ones] = [0, 0];
  order.forEach((i, rank) => {
    if (labels[i] === 0) return;
    ranks += rank + 1;
    ones++;
  });
  return (ranks - (ones * (ones + 1)) / 2) / (ones * (labels.length - ones));
}
