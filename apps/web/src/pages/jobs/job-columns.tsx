import { formatPercent } from '../../format/number';
import { formatDuration } from '../../format/time';
import { isOver, type ListedJob } from '../../jobs/job-api';
import { PageLink } from '../../shell/links';
import { StatusBadge } from '../../states/status-badge';
import type { Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { jobWords } from '../../jobs/job-words';

const tookMs = ({ started_at: from, finished_at: to }: ListedJob): number | null =>
  from && to ? new Date(to).getTime() - new Date(from).getTime() : null;

export const JOB_COLUMNS: Column<ListedJob>[] = [
  {
    key: 'kind',
    header: 'Job',
    cell: (row) => (
      <PageLink to="/jobs/$id" params={{ id: row.id }}>
        {jobWords(row.kind)}
      </PageLink>
    ),
    sortBy: (row) => row.kind,
  },
  { key: 'about', header: 'About', cell: (row) => row.about ?? '–', sortBy: (row) => row.about },
  { key: 'state', header: 'State', cell: (row) => <StatusBadge status={row.state} />, sortBy: (row) => row.state },
  {
    key: 'progress',
    header: 'Done',
    align: 'right',
    cell: (row) => (isOver(row) ? '' : formatPercent(row.progress, 0)),
    sortBy: (row) => row.progress,
  },
  { key: 'message', header: 'Last said', cell: (row) => row.error?.detail ?? row.message ?? '', wide: true },
  {
    key: 'created',
    header: 'Asked for',
    cell: (row) => <Time value={row.created_at} />,
    sortBy: (row) => row.created_at,
    wide: true,
  },
  {
    key: 'took',
    header: 'Took',
    align: 'right',
    cell: (row) => formatDuration(tookMs(row)),
    sortBy: tookMs,
    wide: true,
  },
];
