/** Throws at the first number that is off by more than 1e-9, absolute below one, else relative. NaN and infinities equal nothing. */
export function expectSame(what: string, found: ArrayLike<number>, expected: ArrayLike<number>): void {
  if (found.length !== expected.length) throw new Error(`${what}: ${found.length} of ${expected.length} numbers`);
  for (let t = 0; t < found.length; t++) {
    const isNear = Math.abs(found[t] - expected[t]) <= 1e-9 * Math.max(1, Math.abs(found[t]));
    if (!isNear) throw new Error(`${what}[${t}]: ${found[t]} against ${expected[t]}`);
  }
}
