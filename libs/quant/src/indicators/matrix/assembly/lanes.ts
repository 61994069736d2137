// Addresses and pairs of values.

export function bytes(count: i32): usize {
  return (<usize>count) << 3;
}

export function at(base: usize, i: i32): f64 {
  return load<f64>(base + bytes(i));
}

export function missing(): v128 {
  return f64x2.splat(NaN);
}

/** a where the mask is set, else missing. */
export function given(mask: v128, a: v128): v128 {
  return v128.bitselect(a, missing(), mask);
}

export function low(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

export function high(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}
