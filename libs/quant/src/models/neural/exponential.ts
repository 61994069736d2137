/** 2^k for k from -1074 to 1023, by doubling and halving, which are exact. */
const POWERS = powersOfTwo();
const LEAST_POWER = -1074;
const LOG2_E = 1.4426950408889634;
/** ln 2 as a sum whose first part has trailing zeros, so that its product with an exponent is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1074 + 1023 + 1);
  powers[1074] = 1;
  for (let k = 1; k <= 1023; k++) powers[1074 + k] = 2 * powers[1073 + k];
  for (let k = 1; k <= 1074; k++) powers[1074 - k] = powers[1075 - k] / 2;
  return powers;
}

/**
 * e^x by sums and products alone, so that its bits are those of every machine; `Math.exp` is each engine's own. Within
 * one unit in the last place of the true value where that is a normal number. Source: the algorithm of FDLIBM's e_exp.c
 * (Sun Microsystems, 1993): x = k ln 2 + r, a rational approximation on |r| <= ln 2 / 2, times 2^k.
 */
export function exponential(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(LOG2_E * x + 0.5);
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
  if (k < -1021) return fraction * POWERS[k + 60 - LEAST_POWER] * POWERS[-60 - LEAST_POWER];
  return fraction * POWERS[k - LEAST_POWER];
}

/** 1 / (1 + e^-x), by sums, products and quotients alone. */
export function portableSigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exponential(-x));
  const e = exponential(x);
  return e / (1 + e);
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
