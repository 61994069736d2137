import type { Indicator } from './indicator';

/**
 * Place of the input that reads a column of the caller's choice: the free one, or the close of an indicator that reads
 * nothing else. -1 where every input is fixed.
 */
export function chosenInput({ inputs }: Pick<Indicator<never>, 'inputs'>): number {
  const free = inputs.indexOf('value');
  return free < 0 && inputs.length === 1 && inputs[0] === 'close' ? 0 : free;
}
