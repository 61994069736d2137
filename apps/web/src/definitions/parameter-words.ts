import { formatNumber } from '../format/number';
import type { RuleGroup } from './rule-tree';
import { groupWords } from './rule-tree-words';

/** Other texts are names and dates, which stand as they are. */
const POSITION_MODES: Record<string, string> = {
  long_only: 'Long only',
  short_only: 'Short only',
  long_short: 'Long and short',
};

const groupsOf = (value: unknown): readonly RuleGroup[] | null =>
  typeof value === 'object' && value !== null && 'groups' in value && Array.isArray(value.groups)
    ? (value.groups as RuleGroup[])
    : null;

/** A value of a parameter that was varied. @param positionMode of the same cell, where it was varied too */
export function parameterWords(value: unknown, positionMode: unknown = ''): string {
  if (typeof value === 'number') return formatNumber(value, 6);
  if (typeof value === 'string') return POSITION_MODES[value] ?? value;
  const groups = groupsOf(value);
  return groups === null ? JSON.stringify(value) : groupWords(groups, String(positionMode)).join(' ');
}
