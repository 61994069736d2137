import { isDeepStrictEqual } from 'node:util';
import { parseStrategyDocument } from '@assay/domain';
import { policyScoreFrom, prepareStrategy, StageCache } from '@assay/pipeline';
import { heldTrial, heldOf, randomPositions } from './held-trials';
import { JudgedTrial } from './judged-trial';
import { barsOf, barsWith, streamOf, walkReturns } from './markets';
import { NULL_MARKETS } from './null-markets';
import { randomModels } from './model-trials';
import { randomRules } from './rule-trials';

const BARS = barsWith(630);
const bars = barsOf(walkReturns(streamOf('trials'), BARS));

const distinct = (documents: readonly object[]): number => new Set(documents.map((one) => JSON.stringify(one))).size;

describe('what is tried', () => {
  const rules = randomRules(streamOf('rules'), 300);

  it('are different rules that are valid documents, and score the same bars', () => {
    expect(distinct(rules)).toBe(300);
    const memo = new StageCache();
    for (const rule of rules) {
      expect(() => parseStrategyDocument(rule)).not.toThrow();
      const { lookback } = prepareStrategy(rule, bars, memo);
      expect(policyScoreFrom(lookback)).toBe(252);
    }
    const kinds = rules.map(({ signal, sizing }) => `${signal.position_mode} ${sizing.kind}`);
    expect(new Set(kinds).size).toBe(4);
  });

  it('are different models, the first ones of them different plans', () => {
    const models = randomModels(streamOf('models'), 50, 500);
    expect(distinct(models)).toBe(500);
    expect(distinct(models.slice(0, 50).map(({ model }) => model))).toBeGreaterThan(45);
    const spread = models.slice(0, 50).map(({ model, signal }) => `${model.kind} ${signal.position_mode}`);
    expect(new Set(spread).size).toBe(4);
    expect(randomModels(streamOf('models'), 50, 50)).toEqual(models.slice(0, 50));
    for (const model of models.slice(0, 20)) expect(() => parseStrategyDocument(model)).not.toThrow();
  });

  it('are positions of the asked kind that earn what the market does on their side', () => {
    const held = randomPositions(streamOf('held'), BARS);
    expect(new Set(held)).toEqual(new Set([1, -1]));
    for (const isLongShort of [true, false]) {
      const trial = heldTrial(bars, held, isLongShort);
      const { returns } = new JudgedTrial(trial, 'x').series;
      expect(heldOf(trial)).toBe(held);
      returns.forEach((r, i) => {
        const t = i + 252;
        const side = held[t - 1] === 1 ? 1 : isLongShort ? -1 : 0;
        expect(r).toBeCloseTo(side * (bars.close[t] / bars.close[t - 1] - 1), 12);
      });
    }
  });

  it('is the same for one seed, and smaller ledgers are the beginning of larger ones', () => {
    for (const make of Object.values(NULL_MARKETS)) {
      const [six, three, other] = [make('a', BARS, 6), make('a', BARS, 3), make('b', BARS, 3)];
      const seriesOf = (trials: readonly JudgedTrial[]) => trials.map(({ series }) => [...series.returns]);
      expect(seriesOf(three.trials)).toEqual(seriesOf(six.trials.slice(0, 3)));
      expect(isDeepStrictEqual(seriesOf(three.trials), seriesOf(other.trials))).toBe(false);
    }
  });
});
