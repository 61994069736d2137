import { useNavigate, useSearch } from '@tanstack/react-router';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { inWords } from '../../format/words';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { FindBox } from '../../tables/find-box';

type Strategy = components['schemas']['StrategyDto'];

const COLUMNS: Column<Strategy>[] = [
  {
    key: 'name',
    header: 'Strategy',
    cell: (row) => (
      <PageLink to="/validation/$id" params={{ id: row.id }} fw={600} fz="sm">
        {row.name}
      </PageLink>
    ),
    sortBy: (row) => row.name,
  },
  { key: 'revision', header: 'Version', align: 'right', cell: (row) => row.revision, wide: true },
  { key: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} />, sortBy: (row) => row.status },
  {
    key: 'policies',
    header: 'Passes',
    cell: (row) => (row.validated_under.length > 0 ? row.validated_under.map(inWords).join(', ') : 'No policy'),
  },
];

export function ValidationPage() {
  const { q } = useSearch({ from: '/app/validation' });
  const navigate = useNavigate({ from: '/validation' });
  const asked = { q, order: 'newest' as const };
  const list = useCursorList<Strategy>(
    ['strategy', 'list', asked],
    (cursor, signal) => answer(research.GET('/api/strategies', { params: { query: { ...asked, cursor } }, signal })),
    { searched: true },
  );
  return (
    <Page title="Validation" lead="Whether what a strategy earned can be luck.">
      <FindBox
        placeholder="Name or symbol"
        words={q}
        onFind={(words) => void navigate({ search: { q: words }, replace: true })}
      />
      <DataTable
        label="Strategies and the policies they pass"
        columns={COLUMNS}
        list={list}
        rowKey={(row) => row.id}
        empty={
          q ? (
            <Empty title="No strategy like this">None has “{q}” in its name or symbols.</Empty>
          ) : (
            <Empty title="Nothing to validate yet" action={<ButtonLink to="/strategies">Strategies</ButtonLink>}>
              Validations are run on a strategy: make one first.
            </Empty>
          )
        }
      />
    </Page>
  );
}
