import { formatCount } from './number';

/** `backtest.execute` or `not_ready` as words: `Backtest execute`, `Not ready`. */
export function inWords(name: string): string {
  const text = name.replace(/[._-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A sentence of the API with a capital at its beginning, otherwise as it is. */
export const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A count with its noun in the number that goes with it. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
