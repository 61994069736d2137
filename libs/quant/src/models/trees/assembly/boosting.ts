// The loops of ../../boosting over all rows. e^x has the operations of ../../exponential.ts in their order, two at a time.

const LEAST_HESSIAN: f64 = 1e-16;
/** Adding it leaves the whole number in the last digits. */
const LAST_DIGITS: f64 = 4503599627370496;
const LEAST_POWER: f64 = -1021;
const SHIFT: f64 = 1000;
const LEAST_USUAL: f64 = -707;
const TINY: f64 = 3.725290298461914e-9;

/** e^x of two x <= 0. */
function exponential(x: v128): v128 {
  const turns = f64x2.trunc(f64x2.sub(f64x2.mul(f64x2.splat(1.4426950408889634), x), f64x2.splat(0.5)));
  const k = v128.and(turns, f64x2.le(x, f64x2.splat(-0.3465735912322998)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.9314718036912381649e-1)));
  const low = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let sum = f64x2.mul(t, f64x2.splat(4.13813679705723846039e-8));
  sum = f64x2.mul(t, f64x2.add(f64x2.splat(-1.6533902205465251539e-6), sum));
  sum = f64x2.mul(t, f64x2.add(f64x2.splat(6.61375632143793436117e-5), sum));
  sum = f64x2.mul(t, f64x2.add(f64x2.splat(-2.77777777770155933842e-3), sum));
  const c = f64x2.sub(r, f64x2.mul(t, f64x2.add(f64x2.splat(1.66666666666666019037e-1), sum)));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const fraction = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  const isUsual = v128.and(f64x2.gt(x, f64x2.splat(LEAST_USUAL)), f64x2.le(x, f64x2.splat(-TINY)));
  return i64x2.all_true(isUsual) ? f64x2.mul(fraction, powerOf(k)) : unusual(x, fraction, k);
}

function powerOf(k: v128): v128 {
  return i64x2.shl(f64x2.add(k, f64x2.splat(LAST_DIGITS + 1023)), 52);
}

/** Where one of the two is near 0, or too small for a product with all its digits. */
function unusual(x: v128, fraction: v128, k: v128): v128 {
  const ones = f64x2.splat(1);
  const isLow = f64x2.lt(k, f64x2.splat(LEAST_POWER));
  const power = powerOf(f64x2.add(k, v128.and(isLow, f64x2.splat(SHIFT))));
  const unshift = v128.bitselect(f64x2.splat(9.332636185032189e-302), ones, isLow);
  const product = f64x2.mul(f64x2.mul(fraction, power), unshift);
  const found = v128.andnot(product, f64x2.lt(x, f64x2.splat(-745.1332191019411)));
  return v128.bitselect(f64x2.add(ones, x), found, f64x2.gt(x, f64x2.splat(-TINY)));
}

function loadRows(at: usize, isLast: bool): v128 {
  return isLast ? v128.load64_zero(at) : v128.load(at);
}

/** Gradient and hessian of the log loss, as ../../boosting/gradient-pairs.ts has them, of rows that lie one after the other; `weights` is 0 where each is 1. */
export function logLossPairs(scores: usize, labels: usize, weights: usize, pairs: usize, rows: i32): void {
  const zeros = f64x2.splat(0);
  const ones = f64x2.splat(1);
  for (; rows > 0; rows -= 2, scores += 16, labels += 16, pairs += 32) {
    const isLast = rows === 1;
    const score = loadRows(scores, isLast);
    const isNegative = f64x2.lt(score, zeros);
    const e = exponential(f64x2.neg(f64x2.abs(score)));
    const above = f64x2.div(ones, f64x2.add(ones, e));
    const below = f64x2.mul(e, above);
    const chance = v128.bitselect(below, above, isNegative);
    let gradients = f64x2.sub(chance, loadRows(labels, isLast));
    let hessians = f64x2.pmax(f64x2.mul(above, below), f64x2.splat(LEAST_HESSIAN));
    if (weights !== 0) {
      const weight = loadRows(weights, isLast);
      gradients = f64x2.mul(weight, gradients);
      hessians = f64x2.mul(weight, hessians);
      weights += 16;
    }
    v128.store(pairs, v128.shuffle<f64>(gradients, hessians, 0, 2));
    if (!isLast) v128.store(pairs, v128.shuffle<f64>(gradients, hessians, 1, 3), 16);
  }
}

/** Adds `value` to the scores of rows order[0 .. rows). */
export function addToRows(order: usize, rows: i32, value: f64, scores: usize): void {
  for (const end = order + ((<usize>rows) << 2); order < end; order += 4) {
    const score = scores + ((<usize>load<u32>(order)) << 3);
    store<f64>(score, load<f64>(score) + value);
  }
}
