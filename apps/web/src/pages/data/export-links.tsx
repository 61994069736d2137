import { Button } from '@mantine/core';
import { exportAddress } from './addresses';
import type { SeriesKey } from './series-key';

/** All bars as a file that an import reads back. */
export function ExportLinks({ series }: { series: SeriesKey }) {
  return (
    <>
      <Button
        component="a"
        variant="default"
        href={exportAddress(series, 'csv')}
        download={`${series.symbol}-${series.timeframe}.csv`}
      >
        CSV
      </Button>
      <Button
        component="a"
        variant="default"
        href={exportAddress(series, 'parquet')}
        download={`${series.symbol}-${series.timeframe}.parquet`}
      >
        Parquet
      </Button>
    </>
  );
}
