import type { DeploymentStatus, SyncState, TradingState } from '@assay/contracts';

/** The four independent facts about a deployment and its account. */
export interface DeploymentFacts {
  status: DeploymentStatus;
  enabled: boolean;
  tradingState: TradingState;
  sync: SyncState;
}

/** From nothing to everything: only venue-side reduce-only orders; only up to our own ledger's position; all. */
export const PERMISSIONS = ['no', 'native_reduce_only', 'ledger_position', 'yes'] as const;
export type Permission = (typeof PERMISSIONS)[number];

export interface OrderPermissions {
  entry: Permission;
  signalExit: Permission;
  stopExit: Permission;
  /** `native_reduce_only`: where the venue has no such orders, yes, with a warning and a confirmation. */
  manualFlatten: Permission;
  /** Which fact forbids most, as a reason code; null when nothing is forbidden. */
  reason: PermissionReason | null;
}
export type PermissionReason =
  'disabled' | 'halted' | 'stopped' | 'not_confirmed' | 'frozen' | 'drifted' | 'paused' | 'reducing';

type Row = readonly [entry: Permission, signalExit: Permission, stopExit: Permission, manualFlatten: Permission];

/** One row per restricting fact; most restricting first, so that the first that applies names the reason. */
const ROWS: readonly { reason: PermissionReason; applies: (facts: DeploymentFacts) => boolean; row: Row }[] = [
  { reason: 'not_confirmed', applies: (f) => f.status === 'created', row: ['no', 'no', 'no', 'no'] },
  { reason: 'stopped', applies: (f) => f.status === 'stopped', row: ['no', 'no', 'no', 'yes'] },
  { reason: 'disabled', applies: (f) => !f.enabled, row: ['no', 'no', 'no', 'yes'] },
  { reason: 'halted', applies: (f) => f.tradingState === 'HALTED', row: ['no', 'no', 'no', 'yes'] },
  {
    reason: 'frozen',
    applies: (f) => f.sync === 'frozen',
    row: ['no', 'native_reduce_only', 'native_reduce_only', 'native_reduce_only'],
  },
  { reason: 'drifted', applies: (f) => f.sync === 'drifted', row: ['no', 'ledger_position', 'ledger_position', 'yes'] },
  { reason: 'paused', applies: (f) => f.status === 'paused', row: ['no', 'yes', 'yes', 'yes'] },
  { reason: 'reducing', applies: (f) => f.tradingState === 'REDUCING', row: ['no', 'yes', 'yes', 'yes'] },
];

/** What the state table permits; where several rows apply the most restrictive wins, column by column. */
export function orderPermissions(facts: DeploymentFacts): OrderPermissions {
  const applying = ROWS.filter(({ applies }) => applies(facts));
  const column = (index: number): Permission =>
    applying.reduce<Permission>((least, { row }) => stricter(least, row[index]), 'yes');
  return {
    entry: column(0),
    signalExit: column(1),
    stopExit: column(2),
    manualFlatten: column(3),
    reason: applying.at(0)?.reason ?? null,
  };
}

function stricter(a: Permission, b: Permission): Permission {
  return PERMISSIONS.indexOf(a) <= PERMISSIONS.indexOf(b) ? a : b;
}
