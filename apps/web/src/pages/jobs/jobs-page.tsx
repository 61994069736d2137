import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { formatPercent } from '../../format/number';
import { inWords } from '../../format/words';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';

type Job = components['schemas']['ListedJobDto'];

const COLUMNS: Column<Job>[] = [
  { key: 'kind', header: 'Job', cell: (row) => inWords(row.kind), sortBy: (row) => row.kind },
  { key: 'state', header: 'State', cell: (row) => <StatusBadge status={row.state} />, sortBy: (row) => row.state },
  {
    key: 'progress',
    header: 'Done',
    align: 'right',
    cell: (row) => formatPercent(row.progress, 0),
    sortBy: (row) => row.progress,
  },
  {
    key: 'created',
    header: 'Asked for',
    cell: (row) => <Time value={row.created_at} />,
    sortBy: (row) => row.created_at,
    wide: true,
  },
];

export function JobsPage() {
  const list = useCursorList<Job>(['job', 'list'], (cursor, signal) =>
    answer(research.GET('/api/jobs', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Jobs" lead="Work in the background.">
      <DataTable
        label="Jobs"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={<Empty title="No job yet">Backtests, trainings and validations run as jobs.</Empty>}
      />
    </Page>
  );
}
