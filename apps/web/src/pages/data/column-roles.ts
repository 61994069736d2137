/** A column of a file and what the reader takes it for, as an inspection says it. */
export interface ReadColumn {
  name: string;
  read_as: string;
}

const ROLES = [
  ['date', 'Date'],
  ['symbol', 'Symbol'],
  ['open', 'Open'],
  ['high', 'High'],
  ['low', 'Low'],
  ['close', 'Close'],
  ['adj_close', 'Adjusted close'],
  ['volume', 'Volume'],
  ['skip', 'Leave out'],
] as const;
const SKIPPED = '-';

/** What a column can be read as; an extra column or a time of day may stay one. */
export function roleOptions({ read_as: role }: ReadColumn): { value: string; label: string }[] {
  const own = ROLES.some(([value]) => value === role)
    ? []
    : [{ value: role, label: role === 'extra' ? 'Further column' : role }];
  return [...ROLES.map(([value, label]) => ({ value, label })), ...own];
}

/**
 * The names to read the columns by, once the one at a place is read as another role; a column that had this role before is left out, since
 * there is one of each.
 */
export function renamedColumns(columns: readonly ReadColumn[], place: number, role: string): string {
  const named = columns.map(({ name, read_as: before }, at) => {
    const now = at === place ? role : before === role && role !== 'extra' ? 'skip' : before;
    if (now === 'skip') return SKIPPED;
    return ROLES.some(([value]) => value === now) ? now : name;
  });
  return named.join(',');
}

const PRICES = ['open', 'high', 'low'] as const;

/** What is missing for whole bars, and what to do; undefined where nothing is. */
export function missingColumns(columns: readonly ReadColumn[]): string | undefined {
  const roles = new Set(columns.map(({ read_as: role }) => role));
  if (columns.length === 0) return undefined;
  if (!roles.has('close')) return 'No column is read as the close. Say below its name which one it is.';
  const missing = PRICES.filter((price) => !roles.has(price));
  if (missing.length === 0) return undefined;
  return `No column is read as ${missing.join(', ').replace(/, (\w+)$/, ' or $1')}: bars would have none. If the file has them, say below the names of its columns which they are.`;
}
