import type { Sizing } from '@assay/contracts';
import { KEEP, TargetMachine } from './target-machine';

const FIXED = { kind: 'fixed' } as Sizing;
const volatility = (rebalance: 'bar' | 'entry'): Sizing =>
  ({ kind: 'volatility_target', annual: 0.2, window: 2, cap: 1.5, rebalance }) as unknown as Sizing;
/** [decision or reason, signal, weight] after each step. */
const steps = (machine: TargetMachine, said: number[], closes = said.map(() => 100)) =>
  said.map((one, i) => {
    machine.step(one, { high: closes[i], low: closes[i], close: closes[i] });
    return [machine.reason ?? machine.decision, machine.signal, machine.weight];
  });

describe('a target of fixed size', () => {
  it('is what the logic says, and stays while it says keep or nothing', () => {
    expect(steps(new TargetMachine(FIXED, 0, 252), [1, KEEP, NaN, -1, 0, KEEP])).toEqual([
      ['target', 1, 1],
      ['keep', 1, 1],
      ['insufficient_data', 1, 1],
      ['target', -1, -1],
      ['target', 0, 0],
      ['keep', 0, 0],
    ]);
  });

  it('stands on no bar of the lookback', () => {
    const machine = new TargetMachine(FIXED, 2, 252);
    expect(steps(machine, [1, 1, 1])).toEqual([
      ['insufficient_data', NaN, 0],
      ['insufficient_data', NaN, 0],
      ['target', 1, 1],
    ]);
    expect(machine.bars).toBe(3);
  });

  it('kept before there is any is none, without weight', () => {
    expect(steps(new TargetMachine(FIXED, 0, 252), [KEEP])).toEqual([['keep', NaN, 0]]);
  });
});

describe('a target of volatility', () => {
  // returns 0.1, -0.1, 0, 0: deviations sqrt 0.02, sqrt 0.005, 0; a year has 4 bars
  const closes = [100, 110, 99, 99, 99];
  const first = 0.2 / (2 * Math.sqrt(0.02));
  const second = 0.2 / (2 * Math.sqrt(0.005));

  it('has no size before its window is full, then target over volatility, at most the cap', () => {
    const found = steps(new TargetMachine(volatility('bar'), 0, 4), [1, 1, 1, 1, -1], closes);
    expect(found.map(([what]) => what)).toEqual(['size_undefined', 'size_undefined', 'target', 'target', 'target']);
    [first, second, -1.5].forEach((weight, i) => expect(found[i + 2][2]).toBeCloseTo(weight, 12));
  });

  it('needs no size for a target of 0', () => {
    expect(steps(new TargetMachine(volatility('bar'), 0, 4), [0], closes)).toEqual([['target', 0, 0]]);
  });

  it('that resizes on entry only keeps the weight of the entry until the target turns', () => {
    const found = steps(new TargetMachine(volatility('entry'), 0, 4), [0, 0, 1, 1, -1], closes);
    expect(found[2][2]).toBeCloseTo(first, 12);
    expect(found[3][2]).toBe(found[2][2]);
    expect(found[4][2]).toBe(-1.5);
  });

  it('goes on from a saved state to the bit', () => {
    const said = [1, 1, 1, -1, 1];
    const whole = new TargetMachine(volatility('bar'), 1, 4);
    const expected = steps(whole, said, closes);
    for (let cut = 0; cut < said.length; cut++) {
      const before = new TargetMachine(volatility('bar'), 1, 4);
      steps(before, said.slice(0, cut), closes);
      const after = new TargetMachine(volatility('bar'), 1, 4);
      after.load(before.save());
      expect(steps(after, said.slice(cut), closes.slice(cut))).toEqual(expected.slice(cut));
    }
  });
});
