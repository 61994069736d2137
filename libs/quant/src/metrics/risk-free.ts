/**
 * What cash earns per bar: of an annual rate known at the close of each bar, geometric, (1 + rate_(t-1))^(1/P) - 1 over bar t. The
 * first bar earns nothing, as nothing is held before it. Missing where the rate is.
 * @param annualRates fraction per year, one per bar, each as known at the close of its bar.
 */
export function riskFreeReturns(annualRates: Float64Array, periodsPerYear: number): Float64Array {
  const returns = new Float64Array(annualRates.length);
  let rate = NaN;
  let perBar = NaN;
  for (let t = 1; t < annualRates.length; t++) {
    if (annualRates[t - 1] !== rate) {
      rate = annualRates[t - 1];
      perBar = (1 + rate) ** (1 / periodsPerYear) - 1;
    }
    returns[t] = perBar;
  }
  return returns;
}

/** Returns above those of cash, bar by bar; the returns themselves without any. @throws RangeError for another length */
export function excessReturns(returns: Float64Array, riskFree?: Float64Array): Float64Array {
  if (riskFree === undefined) return returns;
  if (riskFree.length !== returns.length)
    throw new RangeError(`riskFreeReturns must have ${returns.length} values like returns, had ${riskFree.length}`);
  return returns.map((r, t) => r - riskFree[t]);
}
