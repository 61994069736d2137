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

/** `timesOf` an asynchronous call. */
export async function timesOfAsync(run: () => Promise<unknown>, runs = 15, warmUp = 5): Promise<Times> {
  for (let i = 0; i < warmUp; i++) await run();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return summary(times);
}

function summary(times: number[]): Times {
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], best: times[0] };
}
