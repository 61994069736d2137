import type { PipelineDocument } from '@assay/contracts';
import { closesOnly, randomBars } from '../fixtures/bars';
import { curveModel, partsOf } from '../fixtures/parts';
import { randomFeatures, randomPipeline, randomSubstrategies } from '../fixtures/random-documents';
import { explainBar, type ExplainedBranch, type ExplainedLeaf } from './explain-bar';
import { evaluateBatch } from './evaluate-batch';
import { DECISIONS } from './types';

const rules: PipelineDocument = {
  ...randomPipeline(1),
  features: [],
  sizing: { kind: 'fixed' },
  signal: {
    ...{ pin: null, output_mode: 'discrete', position_mode: 'long_short' },
    rule_tree: {
      groups: [
        { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: 'crosses_above', value: 10 }] },
        {
          ...{ action: 'SELL', combinator: 'OR' },
          rules: [
            { field: 'close', operator: '<', value: 9 },
            { combinator: 'AND', rules: [{ field: 'close', operator: '>', value: { field: 'open' } }] },
          ],
        },
      ],
    },
  },
};
const bars = closesOnly([9.5, 10.5, 10, 8, NaN, 9.5]);
const parts = { features: [], model: null };
const explain = (index: number) => explainBar(rules, parts, evaluateBatch(rules, parts, bars), bars, index);

describe('the explanation of a bar', () => {
  it('has every node with what it compared, and what decides', () => {
    const { groups, why, signal, weight, decision, size } = explain(1);
    expect([why, signal, weight, decision, size]).toEqual(['groups[0] holds: BUY', 1, 1, 'target', 1]);
    expect(groups![0]).toMatchObject({
      path: 'groups[0]',
      truth: 'true',
      isReached: true,
      decides: true,
      action: 'BUY',
    });
    expect(groups![0]!.rules[0]).toEqual({
      ...{ path: 'groups[0].rules[0]', truth: 'true', rule: 'close crosses_above 10', left: 10.5, right: 10 },
      ...{ before: { left: 9.5, right: 10 }, why: 'crossed: close 10.5 is above 10, and was 9.5, below 10, before' },
    });
    expect(groups![1]).toMatchObject({ isReached: false, decides: false });
    const inner = groups![1]!.rules[1] as ExplainedBranch;
    expect(inner).toMatchObject({ path: 'groups[1].rules[1]', combinator: 'AND' });
    expect(inner.rules[0]).toMatchObject({ path: 'groups[1].rules[1].rules[0]' });
  });

  it('says why nothing holds, why not, and what is missing', () => {
    expect(explain(0).why).toBe('no signal: groups[0] is unknown, close is missing on the bar before');
    expect(explain(3).groups![0]!.rules[0]).toMatchObject({
      ...{ truth: 'false', why: 'did not cross: close 8 is below 10, and was 10, equal to 10, before' },
    });
    expect(explain(3).why).toBe('groups[1] holds: SELL');
    expect(explain(4)).toMatchObject({
      why: 'no signal: groups[0] is unknown, close is missing',
      decision: 'no_signal',
    });
    expect(explain(4).signal).toBe(-1);
  });

  it('agrees with the evaluator on every bar of random rule trees', () => {
    const missing = randomBars(120, 3, 0.05);
    const seen = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      // stops and orders of entry may leave a position flat against what the rules say
      const { protection: _, entry_order: __, ...document } = randomPipeline(seed);
      const model = curveModel([randomFeatures[0]!.name], [1, 0.5]);
      const own = partsOf(randomFeatures, model);
      const evaluation = evaluateBatch(document, own, missing);
      let signal = NaN;
      for (let i = 0; i < 120; i++) {
        const explained = explainBar(document, own, evaluation, missing, i);
        const decides = explained.groups!.find((group) => group.decides);
        const unknown = explained.groups!.some((group) => group.isReached && group.truth === 'unknown');
        expect(explained.decision).toBe(DECISIONS[evaluation.decisions[i]!]);
        if (i < explained.lookback || unknown) expect(explained.decision).toBe('no_signal');
        else if (explained.decision !== 'no_signal') {
          const sell = document.signal.position_mode === 'long_short' ? -1 : 0;
          if (decides && decides.action !== 'HOLD') signal = decides.action === 'BUY' ? 1 : sell;
          expect(explained.decision).toBe(decides && decides.action !== 'HOLD' ? 'target' : 'keep');
          expect(explained.signal).toBe(signal);
        }
        seen.add(explained.why.split(/[:[]/)[0]!);
      }
    }
    expect([...seen].sort()).toEqual(expect.arrayContaining(['groups', 'keep', 'no signal', 'no target']));
  });

  it('has the signals of substrategies with their thresholds', () => {
    const document = randomSubstrategies(3);
    const market = randomBars(80, 5);
    const evaluation = evaluateBatch(document, parts, market);
    const explained = explainBar(document, parts, evaluation, market, 79);
    expect(explained.groups).toBeNull();
    explained.substrategies!.forEach((sub, i) => {
      expect(sub.path).toBe(`substrategies[${i}]`);
      expect(sub.value).toBe(evaluation.features[evaluation.featureNames.indexOf(sub.feature)]![79]);
      expect([-1, 0, 1, NaN]).toContain(sub.signal);
    });
    if (document.conjunction === 'AND' || explained.substrategies!.length === 1)
      expect(explained.signal).toBe(
        explained.substrategies!.every(({ signal }) => signal === explained.substrategies![0]!.signal)
          ? explained.substrategies![0]!.signal
          : 0,
      );
    expect(explainBar(document, parts, evaluation, market, 0).why).toContain('no target: bar 0 lies before bar');
  });

  it('holds a tie for equal', () => {
    const level = closesOnly([9.5, 10 * (1 + 1e-13)]);
    const { groups } = explainBar(rules, parts, evaluateBatch(rules, parts, level), level, 1);
    const leaf = groups![0]!.rules[0] as ExplainedLeaf;
    expect([leaf.truth, leaf.why]).toEqual([
      'false',
      'did not cross: close 10.000000000000998 is equal to 10, and was 9.5, below 10, before',
    ]);
  });

  it('names the stop that closed the position, on its bar and while it keeps the strategy flat', () => {
    const stopped: PipelineDocument = {
      ...rules,
      signal: {
        ...rules.signal,
        rule_tree: {
          groups: [
            { action: 'BUY', combinator: 'AND', rules: [{ field: 'close', operator: '>', value: 5 }] },
            { action: 'SELL', combinator: 'AND', rules: [{ field: 'close', operator: '<=', value: 5 }] },
          ],
        },
      },
      protection: { stop_loss: { percent: 5 }, re_entry: { rule: 'after_signal_off' } },
    };
    const fallen = closesOnly([100, 100, 100, 94, 93, 92]);
    const evaluation = evaluateBatch(stopped, parts, fallen);
    const { interventions, weights } = evaluation;
    const at = interventions!.index.findIndex((_, k) => interventions!.reason[k] !== 0);
    const bar = interventions!.index[at]!;
    const whyAt = (index: number): string => explainBar(stopped, parts, evaluation, fallen, index).why;
    expect([bar, weights[bar]]).toEqual([3, 0]);
    expect(whyAt(2)).toBe('groups[0] holds: BUY');
    const price = interventions!.price[at];
    expect(whyAt(3)).toBe(
      `stop_loss closed the position at ${price} within the bar; by the rules: groups[0] holds: BUY`,
    );
    expect(whyAt(4)).toMatch(
      /^flat since bar 3 of .*Z, where stop_loss closed the position at .*; by the rules: groups/,
    );
  });
});
