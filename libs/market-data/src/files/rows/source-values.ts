import type { BarColumns } from '@assay/domain';
import type { FileColumn } from '../layout/column-names';
import type { Headerless } from '../layout/headerless';
import type { ReadNotes } from '../read-note';

const LEAN_SCALE = 10_000;
const TICKS = /^tick_?vol(ume)?$/;

const pricesOf = ({ open, high, low, close }: BarColumns): Float64Array[] => [open, high, low, close];

/** LEAN writes prices of equities as whole numbers of 1/10,000, those of other markets as decimals. Changes `bars` in place. */
export function withLeanPrices(bars: BarColumns, form: Headerless | null, notes: ReadNotes): void {
  if (!form?.lean || !pricesOf(bars).every((column) => column.every(Number.isInteger))) return;
  noteLean(bars.close[0], notes);
  scaledByLean(bars);
}

/** Changes the prices in place. */
export function scaledByLean(bars: BarColumns): void {
  for (const column of pricesOf(bars)) for (let i = 0; i < column.length; i += 1) column[i] /= LEAN_SCALE;
}

export const noteLean = (firstClose: number, notes: ReadNotes): void =>
  notes.recognise(
    'price_scale',
    `prices are whole numbers, as LEAN writes those of equities: divided by 10,000, the first close ${firstClose} is ${firstClose / LEAN_SCALE}`,
  );

/** MetaTrader gives the volume of over-the-counter markets as 0 and counts ticks beside it. Changes `bars` in place. */
export function withTickVolume(bars: BarColumns, columns: readonly FileColumn[], notes: ReadNotes): void {
  const name = columns[tickColumnOf(columns)]?.name;
  const counted = name !== undefined && bars.extra[name];
  if (!counted || !bars.volume.every((volume) => volume === 0) || counted.every((count) => count === 0)) return;
  bars.volume.set(counted);
  noteTicks(name, notes);
}

/** Which column counts ticks; -1 where none does. */
export const tickColumnOf = (columns: readonly FileColumn[]): number =>
  columns.findIndex(({ role, name }) => role === 'extra' && TICKS.test(name));

export const noteTicks = (name: string, notes: ReadNotes): void =>
  notes.recognise('volume_column', `the volume is 0 throughout: ${name} is read as volume`);
