import type { BarColumns } from '@assay/domain';
import type { FileColumn } from '../layout/column-names';
import type { Headerless } from '../layout/headerless';
import type { ReadNotes } from '../read-note';

const LEAN_SCALE = 10_000;

/** LEAN writes prices of equities as whole numbers of 1/10,000, those of other markets as decimals. Changes `bars` in place. */
export function withLeanPrices(bars: BarColumns, form: Headerless | null, notes: ReadNotes): void {
  if (!form?.lean) return;
  const prices = [bars.open, bars.high, bars.low, bars.close];
  if (!prices.every((column) => column.every(Number.isInteger))) return;
  const first = bars.close[0];
  for (const column of prices) for (let i = 0; i < column.length; i += 1) column[i] /= LEAN_SCALE;
  notes.recognise(
    'price_scale',
    `prices are whole numbers, as LEAN writes those of equities: divided by 10,000, the first close ${first} is ${bars.close[0]}`,
  );
}

/** MetaTrader gives the volume of over-the-counter markets as 0 and counts ticks beside it. Changes `bars` in place. */
export function withTickVolume(bars: BarColumns, columns: readonly FileColumn[], notes: ReadNotes): void {
  const ticks = columns.find(({ role, name }) => role === 'extra' && /^tick_?vol(ume)?$/.test(name));
  const counted = ticks && bars.extra[ticks.name];
  if (!counted || !bars.volume.every((volume) => volume === 0) || counted.every((count) => count === 0)) return;
  bars.volume.set(counted);
  notes.recognise('volume_column', `the volume is 0 throughout: ${ticks.name} is read as volume`);
}
