import type { TaskHandlers } from '@assay/compute';
import { readJsonText, type JsonText } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { readImport, type ImportOptions, type ReadImport } from '@assay/market-data';
import type { ColumnSummary } from '@assay/market-data/frames';

/** What takes long in the HTTP process, by the name under which its threads serve it. */
export const dataTasks = {
  readJson: (bytes: Uint8Array): JsonText => readJsonText(bytes),
  readImport: ({ content, options }: { content: string; options: ImportOptions }): ReadImport =>
    readImport(content, options),
  describe: async (bars: BarColumns): Promise<ColumnSummary[]> => {
    // danfo takes over a second to load: the thread that first needs it pays
    const { describeBars } = await import('@assay/market-data/frames');
    return describeBars(bars);
  },
} satisfies TaskHandlers;

export type DataTasks = typeof dataTasks;
