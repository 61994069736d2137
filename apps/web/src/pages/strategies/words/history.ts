import { inWords } from '../../../format/words';
import { policyWords } from './gate-words';

interface Lineage {
  revisions: unknown[];
  backtests: unknown[];
  validations: unknown[];
  promotions: unknown[];
  strategies: unknown[];
}
interface RevisionRow {
  revision: number;
  created_at: string;
}
interface RunRow {
  id: string;
  revision: number;
  status: string;
  created_at: string;
  engine?: string;
  kind?: string;
}
interface PromotionRow {
  id: string;
  revision: number;
  action: string;
  policy: string | null;
  reason: string | null;
  at: string;
}
interface MemberRow {
  id: string;
  name: string;
  cloned_from: string | null;
}

export interface HistoryEvent {
  key: string;
  at: string;
  title: string;
  detail?: string;
}

const KINDS: Record<string, string> = { walk_forward: 'Walk-forward', cpcv: 'Cross-validation' };

/** Everything that happened to a strategy, newest first. */
export function historyOf(lineage: Lineage): HistoryEvent[] {
  const events: HistoryEvent[] = [
    ...(lineage.revisions as RevisionRow[]).map(({ revision, created_at }) => ({
      key: `revision ${revision}`,
      at: created_at,
      title: `Version ${revision} was made`,
    })),
    ...(lineage.backtests as RunRow[]).map(({ id, revision, status, engine, created_at }) => ({
      key: id,
      at: created_at,
      title: `Backtest of version ${revision}: ${status}`,
      detail: engine && `${engine} engine`,
    })),
    ...(lineage.validations as RunRow[]).map(({ id, revision, status, kind = '', created_at }) => ({
      key: id,
      at: created_at,
      title: `${KINDS[kind] ?? inWords(kind)} of version ${revision}: ${status}`,
    })),
    ...(lineage.promotions as PromotionRow[]).map(({ id, revision, action, policy, reason, at }) => ({
      key: id,
      at,
      title: `Version ${revision} was ${action}${policy ? ` under ${policyWords(policy).name.toLowerCase()}` : ''}`,
      detail: reason ?? undefined,
    })),
  ];
  return events.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** The strategies of the lineage, each with the name of what it was copied from. */
export function membersOf({ strategies }: Lineage): { id: string; name: string; clonedFrom?: string }[] {
  const rows = strategies as MemberRow[];
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return rows.map(({ id, name, cloned_from }) => ({
    id,
    name,
    ...(cloned_from ? { clonedFrom: names.get(cloned_from) ?? cloned_from } : {}),
  }));
}
