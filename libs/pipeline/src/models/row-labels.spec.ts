import type { ModelPlan, TripleBarrierLabel } from '@assay/contracts';
import { sliceBars } from '@assay/domain';
import { createRng, returnVolatility } from '@assay/quant';
import { prepareStrategy, sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor } from '../fixtures/documents';
import { runCpcv } from '../validation';
import { fitModel, outOfSamplePredictions, planRows } from '.';
import { rowLabels } from './row-labels';
import { barOfKnown, rowsKnownAt } from './training-set';

const rng = createRng('labels');
const N = 300;
let price = 100;
const close = Float64Array.from({ length: N }, () => (price *= 1 + 0.02 * rng.normal()));
const side = Float64Array.from(close, (_, i) => (i % 7 === 0 ? 0 : i % 11 === 0 ? NaN : rng.normal()));
const INPUTS = ['trend', 'vol'];
const base: TripleBarrierLabel = {
  kind: 'triple_barrier',
  horizon: 8,
  width: { kind: 'volatility', window: 20 },
  profit: 1.5,
  stop: 1,
  side: 'trend',
  events: { kind: 'every_bar' },
};
const labelled = (label: TripleBarrierLabel, x = close) =>
  rowLabels({ label, inputs: INPUTS }, [side.subarray(0, x.length), new Float64Array(x.length).fill(0.03)], x);

/** What the label says, word by word. */
function plain(label: TripleBarrierLabel, i: number): [number, number] | null {
  const own = label.width.kind === 'volatility' ? returnVolatility(close, label.width.window)[i]! : 0.03;
  const s = label.side === null ? 1 : Math.sign(side[i]!);
  if (!(own > 0) || !(s === 1 || s === -1)) return null;
  for (let t = i + 1; t <= i + label.horizon; t++) {
    if (t >= N) return null;
    const gain = s * (close[t]! / close[i]! - 1);
    if (gain >= own * (label.profit ?? Infinity) || gain <= -own * (label.stop ?? Infinity))
      return [t, Number(gain > 0)];
  }
  const t = i + label.horizon;
  return [t, Number(s * (close[t]! / close[i]! - 1) > 0)];
}

describe('triple-barrier labels of a plan', () => {
  it.each<[string, TripleBarrierLabel]>([
    ['the side of an input and its own volatility', base],
    [
      'no side, a width from an input and no profit',
      { ...base, side: null, width: { kind: 'input', name: 'vol' }, profit: null },
    ],
  ])('say whether the side gained by the barrier touched first: %s', (_, label) => {
    const { values, ends } = labelled(label);
    let known = 0;
    for (let i = 0; i < N; i++) {
      const expected = plain(label, i);
      expect(Number.isNaN(values[i]!) ? null : [ends[i], values[i]]).toEqual(expected);
      known += Number(expected !== null);
    }
    expect(known).toBeGreaterThan(200);
  });

  it('do not change with what comes after their end', () => {
    const whole = labelled(base);
    for (const cut of [100, 150, 222]) {
      const { values, ends } = labelled(base, close.slice(0, cut));
      for (let i = 0; i < cut; i++) {
        const isKnown = !Number.isNaN(whole.values[i]!) && whole.ends[i]! < cut;
        expect(Number.isNaN(values[i]!) ? null : [values[i], ends[i]]).toEqual(
          isKnown ? [whole.values[i], whole.ends[i]] : null,
        );
      }
    }
  });

  it('start where the returns since the last event sum to more than so many widths', () => {
    const widths = 1.2;
    const label: TripleBarrierLabel = {
      ...base,
      side: null,
      width: { kind: 'fixed', fraction: 0.03 },
      events: { kind: 'cusum', widths },
    };
    const { values } = labelled(label);
    const expected: number[] = [];
    let [up, down] = [0, 0];
    for (let t = 1; t < N; t++) {
      const move = close[t]! / close[t - 1]! - 1;
      [up, down] = [Math.max(0, up + move), Math.min(0, down + move)];
      if (Math.max(up, -down) <= 0.03 * widths) continue;
      if (plain({ ...label, width: { kind: 'input', name: 'vol' } }, t)) expected.push(t);
      [up, down] = [0, 0];
    }
    expect(Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]!))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(20);
  });
});

describe('a model of triple-barrier labels', () => {
  const document = logisticOnFactor();
  const bars = syntheticBars(700, 3, 0.002);
  const label: TripleBarrierLabel = { ...base, horizon: 15, side: 'factor' };
  const plan = { ...document.model, label } as ModelPlan;
  const { rowSource } = prepareStrategy({ ...document, model: plan }, bars);
  const set = planRows(plan, rowSource);

  it('is fitted on labels that have ended, whichever started first', () => {
    const t = 400;
    const known = rowsKnownAt(set, t);
    const expected = Array.from(set.bar).filter((_, i) => set.end[i]! <= t);
    expect([...known.bar]).toEqual(expected);
    expect(known.end.every((end) => end <= t)).toBe(true);
    // some that started earlier are still running
    expect(set.bar.some((bar, i) => bar < known.bar[known.count - 1]! && set.end[i]! > t)).toBe(true);
    const at = barOfKnown(set, known.count);
    expect([rowsKnownAt(set, at).count >= known.count, rowsKnownAt(set, at - 1).count < known.count]).toEqual([
      true,
      true,
    ]);
  });

  it('predicts what a model of the cut history predicts, and its artifact has not seen a bar after its end', () => {
    const whole = outOfSamplePredictions(plan, rowSource);
    for (const cut of [420, 555]) {
      const { rowSource: truncated } = prepareStrategy({ ...document, model: plan }, sliceBars(bars, 0, cut));
      expect(sameBits(outOfSamplePredictions(plan, truncated), whole.subarray(0, cut))).toBe(true);
    }
    expect(whole.some((p) => !Number.isNaN(p))).toBe(true);
    const input = { ...rowSource, openTimeMs: bars.openTimeMs };
    const changed = { ...input, close: bars.close.map((x, i) => (i < 500 ? x : x * 2)) };
    expect(fitModel(plan, changed, [0, 500]).sha256).toBe(fitModel(plan, input, [0, 500]).sha256);
  });

  it('is purged by the end of each label in CPCV', () => {
    const { splits, scored } = runCpcv({ document: { ...document, model: plan }, bars, layout: { embargo: 0 } });
    const isTrained = (train: [number, number][], bar: number): boolean => train.some(([a, b]) => bar >= a && bar < b);
    let [kept, purged] = [0, 0];
    for (const { train, test } of splits)
      for (let i = 0; i < set.count; i++) {
        const [bar, end] = [set.bar[i]!, set.end[i]!];
        const next = test.find(([from]) => from > bar);
        if (bar < scored[0] || !next || next[0] - bar > label.horizon || test.some(([a, b]) => bar >= a && bar < b))
          continue;
        if (end >= next[0]) {
          expect(isTrained(train, bar)).toBe(false);
          purged++;
        } else kept += Number(isTrained(train, bar));
      }
    expect([kept > 0, purged > 0]).toEqual([true, true]);
  });
});
