import { exponentialMeanSize, exponentialMeanStep } from '../state/exponential-mean';
import type { Series, Step } from './series';

/** `exponentialMeanStep` over tiles, its first `skip` bars left out. */
export class ExponentialStep implements Step {
  readonly writes: readonly Series[];
  readonly state = new Float64Array(exponentialMeanSize);

  constructor(
    readonly x: Series,
    readonly out: Series,
    readonly seed: number,
    readonly alpha: number,
    protected readonly skip = 0,
  ) {
    this.writes = [out];
  }

  get warm(): boolean {
    return this.state[0] === this.seed;
  }

  run(from: number, to: number): void {
    const { state, seed, alpha, skip } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    for (let i = from; i < to; i++)
      out[i + so] = i < skip ? NaN : exponentialMeanStep(state, 0, seed, alpha, x[i + sx]);
  }
}

/** Averages that do not wait for each other, in turn on each bar: one addition after the other would leave the processor idle. */
export class ExponentialGroup implements Step {
  readonly writes: readonly Series[];

  constructor(private readonly steps: readonly ExponentialStep[]) {
    this.writes = steps.flatMap((step) => step.writes);
  }

  run(from: number, to: number): void {
    const { steps } = this;
    for (let k = 0; k < steps.length; k += 4) {
      const group = steps.slice(k, k + 4);
      if (group.every(({ warm }) => warm)) together(group, from, to);
      else for (const step of group) step.run(from, to);
    }
  }
}

/** Up to four. A missing input makes the mean missing: then the bars are taken again one by one. */
function together(group: readonly ExponentialStep[], from: number, to: number): void {
  const [a, b = a, c = a, d = b] = group;
  const means = runFour(a, b, c, d, from, to);
  group.forEach((step, k) => {
    if (means[k] - means[k] === 0) step.state[1] = means[k];
    else step.run(from, to);
  });
}

type Four = readonly [number, number, number, number];

function runFour(
  a: ExponentialStep,
  b: ExponentialStep,
  c: ExponentialStep,
  d: ExponentialStep,
  from: number,
  to: number,
): Four {
  const { values: xa, shift: sa } = a.x;
  const { values: xb, shift: sb } = b.x;
  const { values: xc, shift: sc } = c.x;
  const { values: xd, shift: sd } = d.x;
  const { values: oa, shift: ta } = a.out;
  const { values: ob, shift: tb } = b.out;
  const { values: oc, shift: tc } = c.out;
  const { values: od, shift: td } = d.out;
  const [ka, kb, kc, kd] = [a.alpha, b.alpha, c.alpha, d.alpha];
  let [ma, mb, mc, md] = [a.state[1], b.state[1], c.state[1], d.state[1]];
  for (let i = from; i < to; i++) {
    ma += ka * (xa[i + sa] - ma);
    mb += kb * (xb[i + sb] - mb);
    mc += kc * (xc[i + sc] - mc);
    md += kd * (xd[i + sd] - md);
    oa[i + ta] = ma;
    ob[i + tb] = mb;
    oc[i + tc] = mc;
    od[i + td] = md;
  }
  return [ma, mb, mc, md];
}

/**
 * Wilder's mean of the directional indices from bar `seed` on, as ADX has it: one that is missing, for want of movement,
 * adds nothing to the seed and later leaves the mean as it is.
 */
export class AverageIndexStep extends ExponentialStep {
  override run(from: number, to: number): void {
    const { state, seed, alpha } = this;
    const { values: x, shift: sx } = this.x;
    const { values: out, shift: so } = this.out;
    for (let i = from; i < to; i++) {
      const index = x[i + sx];
      const moved = index === index;
      if (i < seed) out[i + so] = NaN;
      else if (!moved && i >= 2 * seed - 1) out[i + so] = state[1];
      else out[i + so] = exponentialMeanStep(state, 0, seed, alpha, moved ? index : 0);
    }
  }
}
