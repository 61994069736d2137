/** 2^k for k from -1021 to 1023, by doubling and halving, which are exact. */
const POWERS = powersOfTwo();
const LEAST_POWER = -1021;
/** Below the least of them numbers have fewer digits: the last product is made where there are all, then moved down. */
const SHIFT = 1000;
const UNSHIFT = 2 ** -SHIFT;
const LOG2_E = 1.4426950408889634;
/** ln 2 as a sum whose first part has trailing zeros, so that its product with an exponent is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** Up to about half of ln 2, where the high word of its number ends, nothing is taken off. */
const REDUCED = 0.3465735912322998;
/** e^x is 1 + x to the last place. */
const TINY = 2 ** -28;

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1021 + 1023 + 1);
  powers[1021] = 1;
  for (let k = 1; k <= 1023; k++) powers[1021 + k] = 2 * powers[1020 + k];
  for (let k = 1; k <= 1021; k++) powers[1021 - k] = powers[1022 - k] / 2;
  return powers;
}

/**
 * e^x by sums and products alone, so that its bits are those of every machine; `Math.exp` is each engine's own. Within
 * one unit in the last place of the true value where that is a normal number. Source: the algorithm of FDLIBM's e_exp.c
 * (Sun Microsystems, 1993): x = k ln 2 + r, a rational approximation on |r| <= ln 2 / 2, times 2^k. The compiled form for
 * x <= 0 is in trees/assembly/boosting.ts: the same operations in the same order.
 */
export function exponential(x: number): number {
  const size = x < 0 ? -x : x;
  if (size < TINY) return 1 + x;
  if (x !== x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = size < REDUCED ? 0 : Math.trunc(LOG2_E * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const fraction = 1 - (low - (r * c) / (2 - c) - high);
  // in two steps: 2^1024 is no number although the product may be one
  if (k > 1023) return fraction * 2 * POWERS[k - 1 - LEAST_POWER];
  if (k < LEAST_POWER) return fraction * POWERS[k + SHIFT - LEAST_POWER] * UNSHIFT;
  return fraction * POWERS[k - LEAST_POWER];
}

/**
 * The hyperbolic tangent, by sums, products and quotients alone: Lambert's continued fraction (1768) where it is small,
 * by e^2x elsewhere. The error is below 3e-16.
 */
export function portableTanh(x: number): number {
  const size = x < 0 ? -x : x;
  if (size < 0.6) {
    const t = x * x;
    return x / (1 + t / (3 + t / (5 + t / (7 + t / (9 + t / (11 + t / (13 + t / 15)))))));
  }
  if (size > 20) return x < 0 ? -1 : 1;
  const value = 1 - 2 / (exponential(2 * size) + 1);
  return x < 0 ? -value : value;
}
