import type { PipelineDocument, PositionMode, ThresholdParams } from '@assay/contracts';
import { createRng } from '@assay/quant';
import { rulesLogic } from '../evaluator/logic';
import { KEEP } from '../evaluator/target-machine';
import { parseThreshold, thresholdOf, thresholdTree } from './threshold';

/** Written out by hand: the position after each value; NaN before the first decision. */
function hysteresis(xs: Float64Array, p: ThresholdParams, mode: PositionMode): number[] {
  let held = NaN;
  return [...xs].map((x) => {
    const isIn = p.long === 'above' ? x > p.enter : x < p.enter;
    const isOut = p.long === 'above' ? x < p.exit : x > p.exit;
    if (!Number.isNaN(x) && isIn) held = 1;
    if (!Number.isNaN(x) && isOut) held = mode === 'long_short' ? -1 : 0;
    return held;
  });
}

function evaluated(xs: Float64Array, params: ThresholdParams, position_mode: PositionMode): number[] {
  const signal = { rule_tree: thresholdTree(params), position_mode };
  const logic = rulesLogic({ features: [], signal } as unknown as PipelineDocument, []);
  expect(logic.inputs).toEqual([{ kind: 'column', name: params.field }]);
  let held = NaN;
  let previous = Float64Array.of(NaN);
  return [...xs].map((x) => {
    const row = Float64Array.of(x);
    const said = logic.say(row, previous);
    previous = row;
    if (Number.isNaN(x)) expect(said).toBeNaN();
    else if (said !== KEEP) held = said;
    return held;
  });
}

describe('a threshold', () => {
  const rng = createRng(5);

  it.each(['long_only', 'long_short'] as const)('is a loop with hysteresis, %s, missing values included', (mode) => {
    const seen = new Set<number>();
    for (let i = 0; i < 200; i++) {
      // quarters, so that values often lie on a level
      const quarter = (): number => Math.round(8 * rng.normal()) / 4;
      const [low, high] = [quarter(), quarter()].sort((a, b) => a - b) as [number, number];
      const long = rng.next() < 0.5 ? 'above' : 'below';
      const [enter, exit] = long === 'above' ? [high, low] : [low, high];
      const xs = Float64Array.from({ length: 60 }, () => (rng.next() < 0.15 ? NaN : quarter()));
      const params = parseThreshold({ field: 'close', enter, exit, long });
      const held = evaluated(xs, params, mode);
      expect(held).toEqual(hysteresis(xs, params, mode));
      held.forEach((one) => seen.add(one));
    }
    expect([...seen].sort()).toEqual(mode === 'long_only' ? [0, 1, NaN] : [-1, 1, NaN]);
  });

  it('is known again by its tree, and no other tree is taken for one', () => {
    for (const long of ['above', 'below'] as const) {
      const params: ThresholdParams = { field: 'edge', enter: 0.5, exit: 0.5, long };
      expect(thresholdOf(thresholdTree(params))).toEqual(params);
    }
    const tree = thresholdTree({ field: 'edge', enter: 1, exit: 0, long: 'above' });
    const [buy, sell] = tree.groups;
    const level = (value: number | { field: string }, operator: '>' | '<' | '>=' = '<', field = 'edge') => ({
      groups: [buy!, { ...sell!, rules: [{ field, operator, value }] }],
    });
    expect(thresholdOf(level(0))).not.toBeNull();
    expect(thresholdOf(level(2))).toBeNull();
    expect(thresholdOf(level({ field: 'close' }))).toBeNull();
    expect(thresholdOf(level(0, '>'))).toBeNull();
    expect(thresholdOf(level(0, '>='))).toBeNull();
    expect(thresholdOf(level(0, '<', 'other'))).toBeNull();
    expect(thresholdOf({ groups: [sell!, buy!] })).toBeNull();
    expect(thresholdOf({ groups: [buy!] })).toBeNull();
    expect(thresholdOf({ groups: [buy!, sell!, sell!] })).toBeNull();
    expect(thresholdOf({ groups: [{ ...buy!, combinator: 'OR' }, sell!] })).toBeNull();
  });

  it.each([
    [{ field: 'x', enter: 1, exit: 2 }, 'exit', 'hysteresis'],
    [{ field: 'x', enter: 2, exit: 1, long: 'below' }, 'exit', 'hysteresis'],
    [{ field: 'x', enter: 1 }, 'exit', 'required'],
    [{ field: '', enter: 1, exit: 1 }, 'field', 'min_length'],
    [{ field: 'x', enter: 1, exit: 1, window: 3 }, 'window', 'unknown_field'],
  ])('%# refuses what is none', (params, field, rule) => {
    expect(() => parseThreshold(params)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field, rule })] }),
    );
  });
});
