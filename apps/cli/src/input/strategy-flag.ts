import type { FlagSpec } from '../args/flag';

export const STRATEGY_FLAG: FlagSpec = { name: 'strategy', kind: 'text', value: 'FILE', help: 'Strategy JSON' };
