import { LongAnswers, streamTable } from '@assay/platform';
import type { Table, TableFormat } from '@assay/tables';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { DataThreads } from '../threads/data-threads';

const AT_A_TIME = 8;
/** Values of a batch: 4 MB of doubles, however many columns there are. */
const BATCH_VALUES = 500_000;
/** Rows of a batch: of Parquet a row group, which readers want long; CSV is made of many small texts and gains nothing by length. */
const MOST_ROWS: Readonly<Record<TableFormat, number>> = { parquet: 65_536, csv: 8_192 };

export interface LargeTable extends Table {
  /** Of the file, without its ending. */
  name: string;
}

/** Tables of any length as files: few at a time, encoded on threads. */
@Injectable()
export class LargeExports {
  private readonly answers = new LongAnswers(AT_A_TIME);

  constructor(private readonly threads: DataThreads) {}

  /** Rows that a batch of so many columns has. */
  static rowsOf(columns: number, format: TableFormat): number {
    return Math.min(MOST_ROWS[format], Math.floor(BATCH_VALUES / columns));
  }

  /** @throws DomainError `overloaded`, `rate_limited`, or what `open` refuses */
  give(caller: string, format: TableFormat, open: () => Promise<LargeTable>): Promise<StreamableFile> {
    return this.answers.give(caller, async () => {
      const { name, ...table } = await open();
      return streamTable(name, table, format, (task) => this.threads.encode(task));
    });
  }
}
