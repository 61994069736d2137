import type { StrategyDocument } from '@assay/contracts';
import fc from 'fast-check';
import { randomBars } from '../fixtures/bars';
import { curveModel, partsOf } from '../fixtures/parts';
import { randomFeatures, randomPipeline, randomSubstrategies } from '../fixtures/random-documents';
import { barAt, sliceBars, type BarColumns } from '../ports';
import {
  createStreamingEvaluator,
  decodeState,
  DECISIONS,
  encodeState,
  evaluateBatch,
  type EvaluatorParts,
} from './index';

const parts = partsOf(randomFeatures, curveModel(['momentum_3', 'rsi_5'], [0.4, -0.02]));
const anySeed = fc.integer({ min: 1, max: 1e9 });
const anyBars = fc.record({
  n: fc.integer({ min: 1, max: 160 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  gaps: fc.constantFrom(0, 0, 0.02, 0.2),
});

function bitsOf(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.buffer, values.byteOffset, values.length);
}

function streamed(document: StrategyDocument, evaluatorParts: EvaluatorParts, bars: BarColumns, cut: number) {
  let evaluator = createStreamingEvaluator(document, evaluatorParts);
  const n = bars.close.length;
  const features = evaluator.featureNames.map(() => new Float64Array(n));
  const [predictions, signals, weights] = [0, 1, 2].map(() => new Float64Array(n));
  const decisions = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (i === cut) {
      const text = encodeState(evaluator.save());
      evaluator = createStreamingEvaluator(document, evaluatorParts);
      evaluator.load(decodeState(text));
    }
    const decision = evaluator.update(barAt(bars, i));
    decision.features.forEach((value, c) => (features[c][i] = value));
    predictions[i] = decision.prediction;
    signals[i] = decision.signal;
    weights[i] = decision.weight;
    decisions[i] = DECISIONS.indexOf(decision.decision);
  }
  return { features, predictions, signals, weights, decisions };
}

function expectSameBits(document: StrategyDocument, evaluatorParts: EvaluatorParts, bars: BarColumns, cut: number) {
  const batch = evaluateBatch(document, evaluatorParts, bars);
  const stream = streamed(document, evaluatorParts, bars, cut);
  batch.features.forEach((column, c) => expect(bitsOf(column)).toEqual(bitsOf(stream.features[c])));
  expect(bitsOf(batch.predictions)).toEqual(bitsOf(stream.predictions));
  expect(bitsOf(batch.signals)).toEqual(bitsOf(stream.signals));
  expect(bitsOf(batch.weights)).toEqual(bitsOf(stream.weights));
  expect(batch.decisions).toEqual(stream.decisions);
}

describe('batch and streaming evaluation', () => {
  const anyCut = fc.integer({ min: 0, max: 160 });

  it('give the same bits for any substrategies, with gaps and a state saved and loaded at any bar', () => {
    fc.assert(
      fc.property(anySeed, anyBars, anyCut, (recipe, { n, seed, gaps }, cut) => {
        expectSameBits(randomSubstrategies(recipe), { features: [], model: null }, randomBars(n, seed, gaps), cut % n);
      }),
      { numRuns: 150 },
    );
  });

  it('give the same bits for any rule tree over features, predictions and columns', () => {
    fc.assert(
      fc.property(anySeed, anyBars, anyCut, (recipe, { n, seed, gaps }, cut) => {
        expectSameBits(randomPipeline(recipe), parts, randomBars(n, seed, gaps), cut % n);
      }),
      { numRuns: 150 },
    );
  });

  it('give the same bits where the model reads the rows of several bars', () => {
    const inputs = ['momentum_3', 'rsi_5'];
    const reading = partsOf(randomFeatures, curveModel(inputs, [0.1, 0.02, -0.3, -0.01, 0.2, 0.005, 0.4, -0.02]));
    fc.assert(
      fc.property(anySeed, anyBars, anyCut, (recipe, { n, seed, gaps }, cut) => {
        expectSameBits(randomPipeline(recipe), reading, randomBars(n, seed, gaps), cut % n);
      }),
      { numRuns: 60 },
    );
    const bars = randomBars(60, 3);
    const rows = partsOf(randomFeatures, {
      inputs,
      window: 4,
      predict: (values) => values.reduce((sum, x) => sum + x),
    });
    const { features, predictions, featureNames } = evaluateBatch(randomPipeline(1), rows, bars);
    const [a, b] = inputs.map((name) => features[featureNames.indexOf(name)]);
    expect(predictions.slice(0, 8).every(Number.isNaN)).toBe(true);
    expect(predictions[40]).toBe([37, 38, 39, 40].flatMap((i) => [a[i], b[i]]).reduce((sum, x) => sum + x));
  });

  it('are causal: what comes after a bar changes nothing up to it', () => {
    fc.assert(
      fc.property(anySeed, anyBars, anyCut, (recipe, { n, seed }, cut) => {
        const document = randomPipeline(recipe);
        const bars = randomBars(n, seed);
        const to = 1 + (cut % n);
        const whole = evaluateBatch(document, parts, bars);
        const cutOff = evaluateBatch(document, parts, sliceBars(bars, 0, to));
        expect(bitsOf(cutOff.weights)).toEqual(bitsOf(whole.weights.slice(0, to)));
        expect(bitsOf(cutOff.predictions)).toEqual(bitsOf(whole.predictions.slice(0, to)));
      }),
      { numRuns: 60 },
    );
  });

  it('see one ulp of a feature', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const bars = randomBars(60, seed);
        const document = randomPipeline(seed);
        const batch = evaluateBatch(document, parts, bars);
        const bits = bitsOf(batch.features[1].slice());
        bits[50] += 1n;
        expect(bits).not.toEqual(bitsOf(streamed(document, parts, bars, 0).features[1]));
      }),
      { numRuns: 5 },
    );
  });
});

describe('the random recipes', () => {
  it('reach every decision and every signal, so that what is compared is not nothing', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      const bars = randomBars(150, seed, 0.02);
      const all = [
        evaluateBatch(randomSubstrategies(seed), { features: [], model: null }, bars),
        evaluateBatch(randomPipeline(seed), parts, bars),
      ];
      for (const { decisions, signals } of all) {
        decisions.forEach((code) => seen.add(DECISIONS[code]));
        signals.forEach((signal) => seen.add(String(signal)));
      }
    }
    expect([...seen].sort()).toEqual(['-1', '0', '1', 'NaN', 'keep', 'no_signal', 'target']);
  });
});

describe('a saved state', () => {
  const document = randomPipeline(7);

  it('of other length, version or count is refused', () => {
    const evaluator = createStreamingEvaluator(document, parts);
    const state = evaluator.save();
    expect(() => evaluator.load({ ...state, data: state.data.slice(1) })).toThrow(
      /state must have \d+ values, had \d+/,
    );
    expect(() => evaluator.load({ ...state, version: 2 as 1 })).toThrow('state version must be 1, was 2');
    expect(() => evaluator.load({ ...state, bars: 3 })).toThrow('state bars must be 0, was 3');
  });

  it('keeps every bit in its text, payloads of NaN and both zeros included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), { maxLength: 40 }),
        fc.nat(),
        (words, bars) => {
          const data = new Float64Array(BigUint64Array.from(words).buffer);
          const back = decodeState(encodeState({ version: 1, bars, data }));
          expect(back.bars).toBe(bars);
          expect(bitsOf(back.data)).toEqual(BigUint64Array.from(words));
        },
      ),
    );
  });

  it.each([
    '',
    'x',
    'evaluator-state.1:1',
    'evaluator-state.2:1:',
    'evaluator-state.1:a:',
    'evaluator-state.1:1:????',
    'evaluator-state.1:1:AAA',
    'evaluator-state.1:1:AAAA',
  ])('is not read from %j', (text) => expect(() => decodeState(text)).toThrow(RangeError));
});

describe('predictions of an out-of-sample column', () => {
  it('take the place of the model up to a bar, and never fall back to it', () => {
    const bars = randomBars(40, 3);
    const document = randomPipeline(9);
    const outOfSample = new Float64Array(40).fill(NaN);
    outOfSample.fill(0.25, 20);
    const byModel = evaluateBatch(document, parts, bars).predictions;
    const mixed = evaluateBatch(document, parts, bars, { predictions: outOfSample, predictionsTo: 30 }).predictions;
    expect(mixed.slice(0, 30)).toEqual(outOfSample.slice(0, 30));
    expect(mixed.slice(30)).toEqual(byModel.slice(30));
    expect(evaluateBatch(document, parts, bars, { predictions: outOfSample }).predictions).toEqual(outOfSample);
  });
});
