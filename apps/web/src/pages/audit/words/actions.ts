import { inWords } from '../../../format/words';

/** What actions begin with, by what they are about. */
export const KINDS = [
  { value: 'login.', label: 'Signing in' },
  { value: 'sign_in_code.', label: 'Sign-in links' },
  { value: 'token.', label: 'Signing out' },
  { value: 'key.', label: 'API keys' },
  { value: 'user.', label: 'Users' },
  { value: 'account.', label: 'Halts of accounts' },
  { value: 'live.', label: 'Live trading' },
  { value: 'trials.', label: 'Trials made elsewhere' },
] as const;
export type AuditKind = (typeof KINDS)[number]['value'];

export const readKind = (value: unknown): AuditKind | undefined => KINDS.find((kind) => kind.value === value)?.value;

const ACTIONS: Record<string, string> = {
  'login.refused': 'Sign-in refused',
  'login.by_code': 'Signed in by a link',
  'sign_in_code.created': 'Sign-in link made',
  'token.revoked': 'Signed out',
  'key.created': 'API key made',
  'key.revoked': 'API key revoked',
  'user.created': 'User made',
  'account.trading_state': 'Trading of an account changed',
  'live.confirmed': 'Live trading confirmed',
  'trials.declared': 'Trials made elsewhere declared',
  'live.refused': 'Live trading not confirmed',
};

export const actionWords = (action: string): string => ACTIONS[action] ?? inWords(action);

/** Whether somebody should look: a refusal, or less protection than before. */
export function isNotable(action: string, facts: Readonly<Record<string, unknown>> | null): boolean {
  return action.endsWith('.refused') || action === 'live.confirmed' || facts?.role === 'admin';
}

const valueWords = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(valueWords).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** Facts that are told first, in this order; the rest as they come. */
const FIRST = ['account', 'ticker', 'from', 'to'];
const placeOf = (name: string): number => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);

/** The facts in a line; ids that stand in a column of their own are left out. */
export const factsWords = (facts: Readonly<Record<string, unknown>> | null): string =>
  Object.entries(facts ?? {})
    .filter(([name]) => name !== 'user_id')
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([name, value]) => `${inWords(name).toLowerCase()} ${valueWords(value)}`)
    .join('; ');
