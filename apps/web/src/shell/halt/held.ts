import type { Account } from './accounts';

type Held = Pick<Account, 'purpose' | 'trading_state'>;

/** Whether an account takes no entries, or no orders at all; one of a replay trades the past alone. */
export const isHeld = ({ purpose, trading_state: state }: Held): boolean => purpose === 'trading' && state !== 'ACTIVE';

/** How far trading is held back, in the fewest words; null where every account trades. */
export function heldWords(accounts: readonly Held[]): string | null {
  const own = accounts.filter(({ purpose }) => purpose === 'trading');
  const count = (state: Account['trading_state']) => own.filter((one) => one.trading_state === state).length;
  for (const [state, word] of [
    ['HALTED', 'halted'],
    ['REDUCING', 'reducing'],
  ] as const) {
    const held = count(state);
    if (held === 0) continue;
    return held === own.length ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : `${held} of ${own.length} ${word}`;
  }
  return null;
}
