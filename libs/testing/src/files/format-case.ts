import { MADE_BARS } from './made-bars';

/** Options of a reading by the names of the API; flags of the command line are the same with dashes. */
export interface FormatOptions {
  symbol?: string;
  zone?: string;
  date_format?: 'dd/mm/yyyy' | 'mm/dd/yyyy';
  decimal?: 'point' | 'comma';
  columns?: string;
  sort?: true;
  skip_bad?: true;
}

export interface FormatCase {
  name: string;
  /** Name of the file. */
  file: string;
  bytes: () => Uint8Array | Promise<Uint8Array>;
  /** Which of the made bars it holds. */
  holds: 'days' | 'hours';
  market: 'US' | 'CRYPTO';
  options?: FormatOptions;
  /** Codes of what is repaired. */
  repairs?: string[];
  /** Columns that the format does not have. */
  without?: ('open' | 'high' | 'low' | 'volume')[];
}

type Row = (time: Date, bar: { o: number; h: number; l: number; c: number; v: number }) => string;
type Order = 'oldest first' | 'newest first';

const rowsOf = (holds: FormatCase['holds'], row: Row, order: Order = 'oldest first'): string[] => {
  const rows = MADE_BARS[holds].map(([time, o, h, l, c, v]) => row(new Date(time), { o, h, l, c, v }));
  return order === 'oldest first' ? rows : rows.reverse();
};
export const days = (row: Row, order?: Order): string[] => rowsOf('days', row, order);
export const hours = (row: Row, order?: Order): string[] => rowsOf('hours', row, order);
export const text =
  (...lines: string[]) =>
  (): Buffer =>
    Buffer.from(`${lines.join('\n')}\n`);

export const iso = (time: Date): string => time.toISOString().slice(0, 10);
export const [year, month, day] = [0, 5, 8].map(
  (from) => (time: Date) => iso(time).slice(from, from === 0 ? 4 : from + 2),
);
export const clock = (time: Date): string => time.toISOString().slice(11, 16);
export const compact = (time: Date): string => iso(time).replaceAll('-', '');
export const dotted = (time: Date): string => `${day(time)}.${month(time)}.${year(time)}`;
export const american = (time: Date): string => `${month(time)}/${day(time)}/${year(time)}`;
export const named = (time: Date): string => `Jan ${time.getUTCDate()}, ${year(time)}`;
export const seconds = (time: Date): number => time.getTime() / 1000;
export const thousands = (x: number): string => x.toLocaleString('en-US', { minimumFractionDigits: 2 });
export const comma = (x: number): string => String(x).replace('.', ',');
export const newYork = (time: Date): number => time.getTime() - Date.parse(`${iso(time)}T00:00:00Z`) - 5 * 3_600_000;
export const kline = (
  time: Date,
  { o, h, l, c, v }: { o: number; h: number; l: number; c: number; v: number },
  perMs: number,
) => [time.getTime() * perMs, o, h, l, c, v, (time.getTime() + 3_599_999) * perMs, v * 1000, 120, v / 2, v * 500, 0];
export const HOUR_CASE = { holds: 'hours', market: 'CRYPTO' } as const;
export const DAY_CASE = { holds: 'days', market: 'US' } as const;
