const POSITIVE = /^(?=.*[1-9])\d{1,30}(?:\.\d{1,18})?$/;
const NOT_NEGATIVE = /^\d{1,30}(?:\.\d{1,18})?$/;
const WHOLE = /^\d{1,9}$/;

/** What is wrong with an amount that is traded: a capital, or units. */
export const amountProblem = (amount: string): string | undefined =>
  POSITIVE.test(amount.trim()) ? undefined : 'Must be above 0.';

interface Limits {
  maxPosition: string;
  maxTrades: string;
  stopLoss: string;
}

/** What is wrong with limits as they were typed, by field; an empty one states none. */
export function limitProblems(typed: Limits): Partial<Record<keyof Limits, string>> {
  const [maxPosition, maxTrades, stopLoss] = [typed.maxPosition.trim(), typed.maxTrades.trim(), typed.stopLoss.trim()];
  const stop = Number(stopLoss);
  return {
    ...(maxPosition !== '' && !NOT_NEGATIVE.test(maxPosition) && { maxPosition: 'Must be a number, 0 or more.' }),
    ...(maxTrades !== '' && !WHOLE.test(maxTrades) && { maxTrades: 'Must be a whole number, 0 or more.' }),
    ...(stopLoss !== '' && !(stop > 0 && stop <= 100) && { stopLoss: 'Must be above 0 and at most 100.' }),
  };
}
