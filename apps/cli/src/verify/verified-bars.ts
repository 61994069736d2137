import type { EvidenceFile, RecordedSeries, UniverseDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { adjustBars } from '@assay/market-data/adjustments';
import { checkBars } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { readBarsFile, type BarsFile } from '../input/bars-file';
import type { Io } from '../output/io';
import { readUniverseBars } from '../universe/universe-bars';

/** Reads `--bars` for a record: a file, or for a universe a folder with one a symbol. By symbol. */
export async function barsOfRecord(args: Args, io: Io, file: EvidenceFile): Promise<Map<string, BarColumns>> {
  const { document } = file.record.strategy;
  const { timeframe, series } = file.record.bars;
  if (document.kind === 'universe') {
    const read = await readUniverseBars(args, io, document as unknown as UniverseDocument, []);
    return new Map(read.series.map((bars) => [bars.symbol, bars]));
  }
  const [recorded] = series;
  const read = await readBarsFile(args, io, timeframe);
  return new Map([[recorded!.symbol, asRecorded(recorded!, file, read)]]);
}

/** On the recorded price basis: as they stand where they have it already, else by the file's adjusted closes. */
function asRecorded(recorded: RecordedSeries, { content }: EvidenceFile, { bars, adjFactor }: BarsFile): BarColumns {
  if (recorded.adjustment === 'none' || adjFactor === null) return bars;
  if (checkBars(recorded, content, bars).findings.length === 0) return bars;
  return adjustBars(bars, adjFactor, 'adj_close');
}
