import fc from 'fast-check';
import { maxDrawdown, sharpeRatio, summariseReturns, totalReturn } from '.';

const plain = fc.double({ min: -0.2, max: 0.25, noNaN: true });
const any = fc.oneof(
  { weight: 20, arbitrary: plain },
  { weight: 4, arbitrary: fc.constantFrom(0, -0, 0.1, -1, -1.5, 1e-17) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1e308, 1e-310, -0.9999999999999999) },
);
/** Few values again and again: constant series, and peaks reached a second time to the bit. */
const repeated = fc.tuple(fc.array(any, { minLength: 1, maxLength: 3 }), fc.nat(60)).map(([values, n]) => {
  return Array.from({ length: n }, (_, t) => values[t % values.length]);
});

it('has the bits of the three functions, also for missing, ruinous, huge and constant returns', () => {
  const seen = { ruined: 0, missing: 0, constant: 0, plain: 0 };
  fc.assert(
    fc.property(
      fc.oneof(fc.array(plain, { maxLength: 80 }), fc.array(any, { maxLength: 80 }), repeated),
      fc.constantFrom(252, 365),
      (values, periodsPerYear) => {
        const returns = Float64Array.from(values);
        const expected = {
          sharpe: sharpeRatio(returns, periodsPerYear),
          totalReturn: totalReturn(returns),
          maxDrawdown: maxDrawdown(returns),
        };
        const found = summariseReturns(returns, periodsPerYear);
        for (const key of ['sharpe', 'totalReturn', 'maxDrawdown'] as const)
          if (!Object.is(found[key], expected[key]))
            throw new Error(`${key} of ${values.join(', ')}: ${found[key]} against ${expected[key]}`);
        if (expected.totalReturn === null) seen.missing += 1;
        else if (expected.totalReturn === -1) seen.ruined += 1;
        else if (expected.sharpe === null) seen.constant += 1;
        else seen.plain += 1;
      },
    ),
    { numRuns: 3000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
});

it('does not lose a drawdown that is deeper by the last bit', () => {
  // a second fall by almost the same share, from a higher peak
  for (let k = 0; k < 2000; k++) {
    const returns = Float64Array.of(k / 7, -0.3, 3, -0.3 - (k % 50) * 2 ** -54);
    expect(summariseReturns(returns, 252).maxDrawdown).toBe(maxDrawdown(returns));
  }
});
