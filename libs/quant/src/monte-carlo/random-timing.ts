import { createRng } from '../random';

/** What a strategy held from one entry to the exit or the flip, one weight a bar. */
interface HeldRun {
  readonly from: number;
  readonly to: number;
}

function runsOf(held: Float64Array): HeldRun[] {
  const runs: HeldRun[] = [];
  for (let t = 0; t < held.length; t++) {
    const side = Math.sign(held[t]);
    if (side === 0) continue;
    const last = runs.at(-1);
    if (last?.to === t && Math.sign(held[t - 1]) === side) runs[runs.length - 1] = { from: last.from, to: t + 1 };
    else runs.push({ from: t, to: t + 1 });
  }
  return runs;
}

/** Whether the runs can be put elsewhere: they cannot where they fill all bars in one piece, or where nothing was held. */
export function hasOtherTimings(held: Float64Array): boolean {
  const runs = runsOf(held).length;
  return runs > 1 || (runs === 1 && held.some((weight) => weight === 0));
}

/**
 * Fills `drawn` with the same positions at other times: every run that was held keeps its length, its side and its weights, their order is
 * random and so are the bars at which they begin, each way to place them as probable as any other. Two runs of one side may touch.
 * @param held weight held at each bar
 */
export function randomTimer(seed: number | string, held: Float64Array): (drawn: Float64Array) => void {
  const runs = runsOf(held);
  const flat = held.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0);
  const rng = createRng(seed);
  return (drawn) => {
    rng.shuffle(runs);
    drawn.fill(0);
    let left = runs.length;
    let flatLeft = flat;
    let at = 0;
    // stars and bars: of what is left each slot is a run with the share of runs among them
    while (left > 0) {
      if (rng.next() * (left + flatLeft) < left) {
        const { from, to } = runs[runs.length - left];
        for (let t = from; t < to; t++) drawn[at++] = held[t];
        left -= 1;
      } else {
        at += 1;
        flatLeft -= 1;
      }
    }
  };
}
