import { computeIndicator } from '../compute-indicator';
import { createRng } from '../../random';
import { indicatorContract } from '../../../../testing/src/quant/indicator-contract';
import { hmmRegime } from './hmm-regime';

/** Calm for 20 bars, then turbulent: closes that go up and down by 1 and by 10 percent in turns. */
const calmThenWild: number[] = [100];
for (let i = 0; i < 30; i++) calmThenWild.push(calmThenWild[i] * (1 + (i < 20 ? 0.01 : 0.1) * (i % 2 === 0 ? 1 : -1)));

indicatorContract(hmmRegime, {
  'tells the calm from the wild once it has seen both': [
    { window: 30, warm_up: 30, every: 5, iterations: 20 },
    { close: calmThenWild },
    { state: [...Array<number>(30).fill(NaN), 1] },
  ],
});

it('fits on what is known at each fit alone: a wild end changes nothing before it', () => {
  const rng = createRng('calm');
  const close = new Float64Array(400);
  close.forEach((_, i) => (close[i] = i === 0 ? 100 : close[i - 1] * (1 + 0.01 * rng.normal())));
  const params = { window: 100, warm_up: 60, every: 10, iterations: 15 };
  const [before] = computeIndicator(hmmRegime, [close], params);
  const [after] = computeIndicator(hmmRegime, [close.map((x, i) => (i < 300 ? x : x * (1 + 0.2 * (i % 2))))], params);
  expect(after.subarray(0, 300)).toEqual(before.subarray(0, 300));
  expect(after.subarray(300)).not.toEqual(before.subarray(300));
});
