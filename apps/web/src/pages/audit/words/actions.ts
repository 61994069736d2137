import { inWords } from '../../../format/words';

/** What actions begin with, by what they are about. */
export const KINDS = [
  { value: 'login.', label: 'Signing in' },
  { value: 'sign_in_code.', label: 'Sign-in links' },
  { value: 'token.', label: 'Signing out' },
  { value: 'key.', label: 'API keys' },
  { value: 'user.', label: 'Users' },
  { value: 'signing_key.', label: 'Keys that sign evidence' },
  { value: 'deployment.', label: 'Deployments' },
  { value: 'strategy.', label: 'Strategies and promotions' },
  { value: 'account.', label: 'Accounts and halts' },
  { value: 'live.', label: 'Live trading' },
  { value: 'feed.', label: 'Feeds of series' },
  { value: 'reference.', label: 'Rates, order rules and tickers' },
  { value: 'trials.', label: 'Trials made elsewhere' },
  { value: 'holdout.', label: 'Locked holdouts' },
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
  'account.created': 'Trading account made',
  'signing_key.rotated': 'Evidence signed by a new key',
  'account.trading_state': 'Trading of an account changed',
  'user.disabled': 'User switched off',
  'user.enabled': 'User switched on',
  'deployment.created': 'Deployed',
  'deployment.started': 'Started',
  'deployment.switched_off': 'Switched off',
  'deployment.changed': 'Deployment changed',
  'deployment.change_asked': 'Change of a live deployment asked for',
  'deployment.paused': 'Paused',
  'deployment.resumed': 'Resumed',
  'deployment.stopped': 'Stopped for good',
  'deployment.flattened': 'Position closed by hand',
  'deployment.run_asked': 'Evaluated by hand',
  'strategy.promoted': 'Strategy promoted',
  'strategy.demoted': 'Promotion taken back',
  'strategy.stored': 'Document stored for trading',
  'strategy.revised': 'Document for trading revised',
  'strategy.removed': 'Document for trading made inactive',
  'feed.subscribed': 'Series kept fresh from a feed',
  'feed.changed': 'Feed of a series changed',
  'feed.ended': 'Feed of a series ended',
  'reference.rate_stated': 'Rate of a currency stated',
  'reference.rules_stated': 'Order rules of a symbol stated',
  'reference.mapping_added': 'Ticker mapped',
  'reference.mapping_removed': 'Ticker mapping removed',
  'live.password_set': 'Trade password set',
  'live.password_changed': 'Trade password changed',
  'live.confirmed': 'Live trading confirmed',
  'trials.declared': 'Trials made elsewhere declared',
  'holdout.locked': 'Holdout locked',
  'holdout.look': 'Look at a locked holdout',
  'live.refused': 'Live trading not confirmed',
};

type Facts = Readonly<Record<string, unknown>> | null;

/** What a halt, or its end, came to. */
const HALTS: Record<string, string> = { HALTED: 'Halted', REDUCING: 'Set to exits only', ACTIVE: 'Resumed' };

/** What the facts say more exactly than the name of the action; undefined where they do not. */
function byFacts(action: string, facts: Facts): string | undefined {
  if (action === 'account.trading_state') return HALTS[String(facts?.to)];
  if (action === 'deployment.created' && facts?.enabled === false) return 'Made, not started';
  if (action === 'deployment.created' && facts?.paper === false) return 'Made, waits for its confirmation';
  if (action === 'deployment.created' && facts?.replay !== undefined) return 'Replay started';
  if (action === 'deployment.flattened' && facts?.held === '0') return 'Waiting orders taken back by hand';
  return undefined;
}

export const actionWords = (action: string, facts: Facts = null): string =>
  byFacts(action, facts) ?? ACTIONS[action] ?? inWords(action);

/** Whether somebody should look: a refusal, or less protection than before. */
export function isNotable(action: string, facts: Facts): boolean {
  return action.endsWith('.refused') || action === 'live.confirmed' || facts?.role === 'admin';
}

export type AuditLink =
  { to: '/deployments/$id' | '/strategies/$id'; id: string; label: string } | { to: '/settings'; label: string };

/** Where what was acted on is looked at; undefined for what has no page. */
export function linkOf(action: string, subject: string | null, facts: Facts): AuditLink | undefined {
  if (subject === null) return undefined;
  const named = (name: string, otherwise: string): string =>
    typeof facts?.[name] === 'string' ? facts[name] : otherwise;
  if (action.startsWith('live.password')) return { to: '/settings', label: 'Trade password' };
  const isOfAccount = action.startsWith('account.') || typeof facts?.account === 'string';
  if (isOfAccount) return { to: '/settings', label: named('account', 'Account') };
  if (/^(?:deployment|live)\./.test(action))
    return { to: '/deployments/$id', id: subject, label: named('ticker', 'Deployment') };
  // a document that is stored for trading need not stand in research
  if (action === 'strategy.promoted' || action === 'strategy.demoted')
    return { to: '/strategies/$id', id: subject, label: named('name', 'Strategy') };
  return undefined;
}

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

const nameWords = (name: string): string => inWords(name.replace(/^risk_limits\./, '')).toLowerCase();

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (value === true || value === false) return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  if (isChange(value)) return `from ${valueWords(value.from)} to ${valueWords(value.to)}`;
  if (typeof value !== 'object') return String(value);
  const parts = Object.entries(value).map(([name, one]) => `${nameWords(name)} ${valueWords(one)}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** Facts that are told first, in this order; the rest as they come. */
const FIRST = ['name', 'account', 'ticker', 'from', 'to'];
/** Ids of what a link leads to, or of nobody that a reader knows. */
const UNTOLD = new Set(['user_id', 'owner_id', 'account_id', 'evidence_id', 'job_id']);
const placeOf = (name: string): number => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Whether a text is an id, which tells a reader nothing. */
export const isId = (value: unknown): boolean => typeof value === 'string' && ID.test(value);

/** What the name of an action says already. */
const SAID: Record<string, readonly string[]> = {
  'account.trading_state': ['from', 'to'],
  'deployment.created': ['enabled'],
};

function factWords(name: string, value: unknown): string {
  if (name === 'changes') return valueWords(value);
  if (name === 'paper' && typeof value === 'boolean') return value ? 'on paper' : 'with real money';
  return `${nameWords(name)} ${valueWords(value)}`;
}

/** The facts in a line; ids, and what the action says itself, are left out. */
export const factsWords = (facts: Facts, action = ''): string =>
  Object.entries(facts ?? {})
    .filter(([name, value]) => !UNTOLD.has(name) && !SAID[action]?.includes(name) && !isId(value))
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([name, value]) => factWords(name, value))
    .join('; ');
