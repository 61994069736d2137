import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { formatCount } from '../../format/number';
import type { Market } from '../../format/time';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';

type Series = components['schemas']['SymbolDto'];

const detail = (row: Series) => (/[dwM]$/.test(row.timeframe) ? 'date' : 'minute');
const COLUMNS: Column<Series>[] = [
  { key: 'symbol', header: 'Symbol', cell: (row) => row.symbol, sortBy: (row) => row.symbol },
  { key: 'source', header: 'Source', cell: (row) => row.source, sortBy: (row) => row.source },
  { key: 'timeframe', header: 'Bars of', cell: (row) => row.timeframe },
  { key: 'market', header: 'Market', cell: (row) => row.market, wide: true },
  { key: 'bars', header: 'Bars', align: 'right', cell: (row) => formatCount(row.bars), sortBy: (row) => row.bars },
  {
    key: 'first',
    header: 'First',
    cell: (row) => <Time value={row.first} market={row.market as Market} detail={detail(row)} />,
    wide: true,
  },
  {
    key: 'last',
    header: 'Last',
    cell: (row) => <Time value={row.last} market={row.market as Market} detail={detail(row)} />,
    sortBy: (row) => row.last,
  },
];

export function DataPage() {
  const list = useCursorList<Series>(['series', 'list'], (cursor, signal) =>
    answer(research.GET('/api/data/symbols', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Data" lead="Stored series of bars.">
      <DataTable
        label="Stored series"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => `${row.source} ${row.symbol} ${row.timeframe}`}
        empty={<Empty title="No bars yet">Import a file, or subscribe to a feed.</Empty>}
      />
    </Page>
  );
}
