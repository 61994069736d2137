import { failed, passed, type CheckResult } from '../check-result';

export type DiscreteSignal = -1 | 0 | 1;

export function isDiscrete(signal: unknown): signal is DiscreteSignal {
  return signal === -1 || signal === 0 || signal === 1;
}

/** The signal is -1, 0 or 1. None at all (null) is no fault: nothing was said, the position stays. */
export function checkSignal(signal: number | null): CheckResult {
  const limit = '-1, 0 or 1';
  if (signal === null) return passed('signal', null, limit, 'insufficient_data');
  return isDiscrete(signal) ? passed('signal', signal, limit) : failed('signal', 'invalid_signal', signal, limit);
}
