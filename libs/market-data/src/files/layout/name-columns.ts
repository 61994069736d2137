import { clockOfText, looksLikeEpoch, looksLikeWrittenTime } from '../cells/time-text';
import type { ReadNotes } from '../read-note';
import type { ColumnRole, FileColumn } from './column-names';

const TICK_VOLUME = /^tick_?vol(ume)?$/;
/** A volume in a named unit, such as Volume BTC; not a mean or a change of one. */
const UNIT_VOLUME = /^volume(?!_(?:ma|sma|ema|avg|average|mean|change|pct|osc))(?:_[a-z0-9]{2,10}|from|_?\(.+\))$/;
const isClock = (cell: string | undefined): boolean =>
  cell !== undefined && cell.length <= 12 && !Number.isNaN(clockOfText(cell));

/**
 * Settles what names alone leave open, by a row of the file: which of several times is meant, a column of dates without
 * a name, a price that is the close, a volume that is one of several. Each choice is a note.
 */
export function settleColumns(
  columns: readonly FileColumn[],
  sample: readonly string[] | undefined,
  line: number,
  notes: ReadNotes,
): FileColumn[] {
  const named = columns.map((column) => ({ ...column }));
  preferPlainNames(named);
  if (named.some(({ role }) => role === 'time')) settleTimes(named, sample, line, notes);
  else if (sample) findTime(named, sample, line, notes);
  takeAs('close', ({ name }) => name === 'price' || name === 'last', named, line, notes);
  takeAs('volume', ({ name }) => TICK_VOLUME.test(name), named, line, notes);
  takeAs('volume', ({ name }) => UNIT_VOLUME.test(name), named, line, notes);
  numberDoubled(named, line, notes);
  return named;
}

/** Where a name of several languages or exports comes beside the plain one, the plain one is meant. */
function preferPlainNames(columns: FileColumn[]): void {
  for (const plain of columns.filter(({ role, name }) => role === name && role !== 'time')) {
    for (const other of columns) if (other.role === plain.role && other.name !== plain.name) other.role = 'extra';
  }
}

function settleTimes(
  columns: FileColumn[],
  sample: readonly string[] | undefined,
  line: number,
  notes: ReadNotes,
): void {
  const at = columns.flatMap(({ role }, i) => (role === 'time' ? [i] : []));
  if (at.length < 2 || !sample) return;
  const clock = at.find((i) => isClock(sample[i]));
  const dated = at.filter((i) => i !== clock);
  const chosen = dated.find((i) => looksLikeEpoch(sample[i] ?? '')) ?? dated[0];
  const isDate = !looksLikeEpoch(sample[chosen] ?? '');
  for (const i of at) if (i !== chosen) columns[i].role = i === clock && isDate ? 'clock' : 'skip';
  const left = at.filter((i) => columns[i].role === 'skip');
  if (left.length > 0) {
    const names = left.map((i) => columns[i].name).join(', ');
    notes.recognise('time_column', `times are taken from column ${columns[chosen].name}, not from ${names}`, line);
  }
}

function findTime(columns: FileColumn[], sample: readonly string[], line: number, notes: ReadNotes): void {
  const at = columns.findIndex(
    ({ role }, i) => role === 'extra' && (looksLikeWrittenTime(sample[i]) || (i === 0 && looksLikeEpoch(sample[i]))),
  );
  if (at < 0) return;
  const called = columns[at].name === '' ? 'has no name' : `is called ${columns[at].name}`;
  notes.recognise('time_column', `column ${at + 1} ${called} and holds dates: read as date`, line);
  columns[at] = { role: 'time', name: 'date' };
}

function takeAs(
  role: ColumnRole & ('close' | 'volume'),
  isMeant: (column: FileColumn) => boolean,
  columns: FileColumn[],
  line: number,
  notes: ReadNotes,
): void {
  if (columns.some((column) => column.role === role)) return;
  const found = columns.find((column) => column.role === 'extra' && isMeant(column));
  if (!found) return;
  notes.recognise(`${role}_column`, `column ${found.name} is read as ${role}`, line);
  found.role = role;
}

/** Further columns of one name are numbered; of those without a name none is kept. */
function numberDoubled(columns: FileColumn[], line: number, notes: ReadNotes): void {
  const taken = new Set(columns.map(({ name }) => name));
  const seen = new Set<string>();
  for (const column of columns) {
    const { name } = column;
    if (column.role === 'extra' && name !== '' && seen.has(name)) {
      let number = 2;
      while (taken.has(`${name}_${number}`)) number += 1;
      column.name = `${name}_${number}`;
      taken.add(column.name);
      notes.recognise('doubled_name', `another column is called ${name} too: it is kept as ${column.name}`, line);
    }
    seen.add(name);
  }
}
