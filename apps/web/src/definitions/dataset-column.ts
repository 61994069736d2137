/** Values of a column by the open time of their bar in milliseconds; a bar that it has not is missing. */
export type Column = ReadonlyMap<number, number | null>;

/** A column as the API exports it: a heading, then `date,value` a line, nothing where there is no value. */
export function columnOfCsv(text: string): Column {
  const column = new Map<number, number | null>();
  for (const line of text.trim().split(/\r?\n/).slice(1)) {
    const [date = '', value = ''] = line.split(',');
    column.set(Date.parse(date), value === '' ? null : Number(value));
  }
  return column;
}
