import { WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';
import { rollingExtremeSize, rollingMaximumStep, rollingMinimumStep } from '../state/rolling-extreme';

/** Middle between the highest high and the lowest low of the last `window` bars. */
function middleStep(s: Float64Array, o: number, window: number, high: number, low: number): number {
  return (
    (rollingMaximumStep(s, o, window, high) + rollingMinimumStep(s, o + rollingExtremeSize(window), window, low)) / 2
  );
}

/**
 * Ichimoku lines as known on the bar. With m(n) the middle between the highest high and the lowest low of n bars:
 * `conversion` m(9) and `base` m(26) of this bar; `span_a` (conversion + base) / 2 and `span_b` m(52) as they were
 * `displacement` bars ago, which is the cloud drawn over this bar; `lagging` close - close `displacement` bars ago, the
 * lagging span read without looking ahead. All start together. Lookback max(conversion, base, span) - 1 + displacement.
 * O(1) per bar amortised, O(window) at worst. Source: Hosoda (1969); no TA-Lib function.
 */
export const ichimoku = defineIndicator({
  key: 'ichimoku',
  description: 'Ichimoku lines as known on the bar',
  inputs: ['high', 'low', 'close'],
  outputs: ['conversion', 'base', 'span_a', 'span_b', 'lagging'],
  scale: WITH_UNIT,
  parameters: {
    conversion: bars(9, 1, 'length of the conversion line'),
    base: bars(26, 1, 'length of the base line'),
    span: bars(52, 1, 'length of the second span'),
    displacement: bars(26, 1, 'how far the spans are drawn ahead and the close is compared back'),
  },
  lookback: ({ conversion, base, span, displacement }) => Math.max(conversion, base, span) - 1 + displacement,
  // [count], the extremes of the three windows, the spans and closes of the displacement
  recurrence: ({ conversion, base, span, displacement }) => {
    const baseAt = 1 + 2 * rollingExtremeSize(conversion);
    const spanAt = baseAt + 2 * rollingExtremeSize(base);
    const firstAt = spanAt + 2 * rollingExtremeSize(span);
    const secondAt = firstAt + lagSize(displacement);
    const closeAt = secondAt + lagSize(displacement);
    const longest = Math.max(conversion, base, span);
    return {
      size: closeAt + lagSize(displacement),
      step: (s, input, out) => {
        s[0]++;
        const high = input[0];
        const low = input[1];
        const close = input[2];
        const quick = middleStep(s, 1, conversion, high, low);
        const slow = middleStep(s, baseAt, base, high, low);
        const second = middleStep(s, spanAt, span, high, low);
        const before = lagStep(s, closeAt, displacement, close);
        if (s[0] < longest) {
          out.fill(NaN);
          return;
        }
        out[2] = lagStep(s, firstAt, displacement, (quick + slow) / 2);
        out[3] = lagStep(s, secondAt, displacement, second);
        const warm = s[0] >= longest + displacement;
        out[0] = warm ? quick : NaN;
        out[1] = warm ? slow : NaN;
        out[4] = warm ? close - before : NaN;
      },
    };
  },
});
