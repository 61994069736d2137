import type { FormatCase } from '../../../testing/src/files/format-case';
import { FORMAT_CASES } from '../../../testing/src/files/format-cases';
import { MADE_BARS } from '../../../testing/src/files/made-bars';
import { inspectBarsFile, readBarsFile, type ParsedBars } from '.';
import type { ReadOptions } from './read-options';

const optionsOf = ({ file, options = {}, holds }: FormatCase): ReadOptions => ({
  ...{
    name: file,
    symbol: options.symbol,
    zone: options.zone,
    dateFormat: options.date_format,
    decimal: options.decimal,
  },
  ...{ columns: options.columns?.split(','), sort: options.sort, skipBad: options.skip_bad },
  timeframe: holds === 'days' ? '1d' : '1h',
});
const rowsOf = ({ bars }: ParsedBars): unknown[] =>
  Array.from(bars.openTimeMs, (time, i) => [
    new Date(time).toISOString().replace('.000', ''),
    ...[bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]],
  ]);

describe('a file of every format', () => {
  it.each(FORMAT_CASES)('is read: $name', async (format) => {
    const parsed = await readBarsFile(await format.bytes(), optionsOf(format));
    expect(rowsOf(parsed)).toEqual(MADE_BARS[format.holds]);
    expect(parsed.repairs.map(({ code }) => code)).toEqual(format.repairs ?? []);
  });

  it.each(FORMAT_CASES.filter(({ repairs }) => repairs))(
    'is refused when nothing may be repaired: $name',
    async (format) => {
      const refused = readBarsFile(await format.bytes(), { ...optionsOf(format), strict: true });
      await expect(refused).rejects.toMatchObject({
        code: 'validation_failed',
        errors: format.repairs!.map((code) => ({ rule: `strict_${code}` })),
      });
    },
  );

  it.each(FORMAT_CASES)('is inspected: $name', async (format) => {
    const { problems, rows, first, timeframe } = await inspectBarsFile(await format.bytes(), optionsOf(format));
    expect([problems, rows! >= 3, first, timeframe]).toEqual([
      [],
      true,
      MADE_BARS[format.holds][0][0].replace('Z', '.000Z'),
      format.holds === 'days' ? '1d' : '1h',
    ]);
  });
});
